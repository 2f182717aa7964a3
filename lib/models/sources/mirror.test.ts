import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { deadAddress, serve } from '#tests/local-server';
import { temporaryFolder } from '#tests/temporary-folder';
import { sampleWeight } from '#tests/weights';
import { weightPath } from '../weights.ts';
import { fetchFromMirror } from './mirror.ts';

const { bytes, weight } = sampleWeight('https://unused');

function into(weightsDir: string) {
  return { weightsDir, settings: { noProxy: '127.0.0.1' }, connectTimeoutMs: 20_000, onBytes: () => {} };
}

it.each([weight.sha256, `${weight.sha256}.onnx`, weight.name])('finds %s in a folder', async (name) => {
  const [mirror, dir] = [temporaryFolder(), temporaryFolder()];
  writeFileSync(join(mirror, name), bytes);
  expect(await fetchFromMirror(mirror, weight, into(dir))).toBe(true);
  expect(readFileSync(weightPath(dir, weight)).equals(bytes)).toBe(true);
});

it('passes over a file of the same name with other bytes', async () => {
  const [mirror, dir] = [temporaryFolder(), temporaryFolder()];
  writeFileSync(join(mirror, weight.name), Buffer.alloc(bytes.length));
  expect(await fetchFromMirror(mirror, weight, into(dir))).toBe(false);
  expect(readdirSync(dir)).toEqual([]);
});

it('finds a name at an address, and keeps its query', async () => {
  const dir = temporaryFolder();
  const url = await serve((request, response) => {
    if (request.url === `/nets/${weight.name}?key=k`) response.end(bytes);
    else response.writeHead(404).end();
  });
  expect(await fetchFromMirror(`${url}/nets/?key=k`, weight, into(dir))).toBe(true);
  expect(readFileSync(weightPath(dir, weight)).equals(bytes)).toBe(true);
});

it('tells a mirror out of reach from one that lacks the file', async () => {
  const dir = temporaryFolder();
  expect(await fetchFromMirror(temporaryFolder(), weight, into(dir))).toBe(false);
  for (const mirror of [join(dir, 'gone'), await deadAddress()]) {
    await expect(fetchFromMirror(mirror, weight, into(dir))).rejects.toMatchObject({ code: 'unavailable' });
  }
});
