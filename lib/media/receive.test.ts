import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { DiskStore } from './disk-store.ts';
import { receiveFile } from './receive.ts';

async function* broken(chunks: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < chunks; sent++) yield Buffer.from('half');
  throw new Error('The line went dead');
}

test('of many bodies that break off at once, none leaves a file', async () => {
  const root = temporaryFolder();
  const store = new DiskStore(root);
  const bodies = Array.from({ length: 500 }, (_, number) => broken(number % 5));
  const settled = await Promise.allSettled(bodies.map((body) => receiveFile(store, body, 1_000_000)));
  for (const outcome of settled) {
    expect(outcome).toMatchObject({ reason: { message: 'The line went dead' } });
  }
  expect(readdirSync(join(root, '.incoming'))).toEqual([]);
});
