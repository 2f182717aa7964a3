import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { DiskStore } from './disk-store.ts';

function makeStore() {
  const root = temporaryFolder();
  return { root, store: new DiskStore(root) };
}

test('what is written can be read, whole and in part, until it is removed', async () => {
  const { store } = makeStore();
  await store.writeAtomic('jobs/1/2/depth/depth.png', Buffer.from('0123456789'));
  expect(String(await buffer(await store.read('jobs/1/2/depth/depth.png')))).toBe('0123456789');
  expect(String(await buffer(await store.read('jobs/1/2/depth/depth.png', { start: 2, end: 4 })))).toBe(
    '234',
  );
  expect(await store.stat('jobs/1/2/depth/depth.png')).toMatchObject({ sizeBytes: 10 });
  await store.remove('jobs/1/2/depth/depth.png');
  await store.remove('jobs/1/2/depth/depth.png');
  expect(await store.stat('jobs/1/2/depth/depth.png')).toBeNull();
  await expect(store.read('jobs/1/2/depth/depth.png')).rejects.toMatchObject({ code: 'not_found' });
});

async function* broken() {
  yield Buffer.from('half');
  throw new Error('The line went dead');
}

test('a write that breaks off leaves neither the file nor a part of it', async () => {
  const { root, store } = makeStore();
  await expect(store.writeAtomic('a/b', broken())).rejects.toThrow('The line went dead');
  expect(await store.stat('a/b')).toBeNull();
  expect(readdirSync(join(root, '.incoming'))).toEqual([]);
});

test('a folder is listed and removed without its neighbours', async () => {
  const { store } = makeStore();
  for (const key of ['jobs/1/b', 'jobs/1/a/c', 'jobs/12/d']) await store.writeAtomic(key, Buffer.from('x'));
  expect(await store.list('jobs/1')).toEqual(['jobs/1/a/c', 'jobs/1/b']);
  await store.removeTree('jobs/1');
  expect(await store.list('jobs')).toEqual(['jobs/12/d']);
  expect(await store.list('nothing')).toEqual([]);
});

test('what a dead process left is swept, what is being written is not', async () => {
  const { root, store } = makeStore();
  writeFileSync(await store.temporaryPath(), 'left');
  expect(await store.sweep(0)).toBe(0);
  expect(await store.sweep(Number.MAX_SAFE_INTEGER)).toBe(1);
  expect(readdirSync(join(root, '.incoming'))).toEqual([]);
});

test.each(['', '/etc/passwd', '..', 'a/../../b', 'a//b', 'a/./b', '.incoming/x', 'a\\b', 'a/b\0', 'ä'])(
  'the key %j names nothing',
  async (key) => {
    const { store } = makeStore();
    expect(() => store.localPath(key)).toThrow('Not a file key');
    await expect(store.removeTree(key)).rejects.toThrow('Not a file key');
    await expect(store.read(key)).rejects.toThrow('Not a file key');
  },
);
