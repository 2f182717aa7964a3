import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { DiskStore } from './store/disk-store.ts';
import { receiveFile } from './receive.ts';

async function* broken(chunks: number): AsyncGenerator<Uint8Array> {
  for (let sent = 0; sent < chunks; sent++) yield Buffer.from('half');
  throw new Error('The line went dead');
}

async function* inWords(text: string): AsyncGenerator<Uint8Array> {
  for (const word of text.match(/\w+ ?/g)!) yield Buffer.from(word);
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

test('of a body that is too large, one that is cut keeps no more than the most, and knows all of it', async () => {
  const store = new DiskStore(temporaryFolder());
  await expect(receiveFile(store, inWords('one two three'), 8)).rejects.toMatchObject({
    code: 'payload_too_large',
  });
  const { path, sizeBytes, sha256 } = await receiveFile(store, inWords('one two three'), 8, 'cut');
  expect(readFileSync(path, 'utf8')).toBe('one two ');
  expect(sizeBytes).toBe(13);
  expect(sha256).toBe(createHash('sha256').update('one two three').digest('hex'));
});
