import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { DiskStore } from './disk-store.ts';

/* What it promises as every file store does is in store-contract.test.ts. */

async function* broken() {
  yield Buffer.from('half');
  throw new Error('The line went dead');
}

test('a write that breaks off leaves no part of the file anywhere', async () => {
  const root = temporaryFolder();
  await expect(new DiskStore(root).writeAtomic('a/b', broken())).rejects.toThrow('The line went dead');
  expect(readdirSync(join(root, '.incoming'))).toEqual([]);
  expect(existsSync(join(root, 'a'))).toBe(false);
});

test('programs work on the stored files themselves: nothing is copied', async () => {
  const root = temporaryFolder();
  const store = new DiskStore(`${root}/`);
  await store.writeAtomic('uploads/ab/abc', Buffer.from('x'));
  const workspace = await store.openWorkspace();
  expect(await workspace.materialize('uploads/ab/abc')).toBe(join(root, 'uploads/ab/abc'));
});
