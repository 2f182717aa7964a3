import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { readGrey16, readGrey8, writeGrey16, writePng } from './png.ts';

test('grey pictures come back with every value they had', async () => {
  const dir = temporaryFolder();
  const size = { width: 300, height: 256 };
  const deep = Uint16Array.from({ length: 300 * 256 }, (_, i) => (i * 7) % 65536);
  await writeGrey16(join(dir, 'deep.png'), deep, size);
  expect(await readGrey16(join(dir, 'deep.png'))).toEqual({ ...size, data: deep });
  const shallow = Uint8Array.from({ length: 300 * 256 }, (_, i) => i % 256);
  await writePng(join(dir, 'shallow.png'), shallow, size, 1);
  expect(await readGrey8(join(dir, 'shallow.png'))).toEqual({ ...size, data: shallow });
});

test('a stamp is read back as the comment of the file, and changes no value', async () => {
  const path = join(temporaryFolder(), 'stamped.png');
  const size = { width: 40, height: 30 };
  const deep = Uint16Array.from({ length: 1200 }, (_, i) => i * 50);
  await writeGrey16(path, deep, size, '{"app":"multiplane"}');
  expect((await sharp(path).metadata()).comments).toEqual([
    { keyword: 'Comment', text: '{"app":"multiplane"}' },
  ]);
  expect(await readGrey16(path)).toEqual({ ...size, data: deep });
});
