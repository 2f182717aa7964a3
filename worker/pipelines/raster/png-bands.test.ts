import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { PngBands } from './png-bands.ts';

const WIDTH = 301;

/** Rows `from` to `to` of a picture with smooth and noisy places. */
function rows(from: number, to: number, channels: 3 | 4): Uint8Array {
  return Uint8Array.from({ length: (to - from) * WIDTH * channels }, (_, i) => {
    const at = from * WIDTH * channels + i;
    return at % 7 === 0 ? (at * at) % 251 : Math.floor(at / 50) % 256;
  });
}

test.each([3, 4] as const)('bands of %i channels make one picture', async (channels) => {
  const path = join(temporaryFolder(), 'bands.png');
  const png = new PngBands({ width: WIDTH, height: 97 }, channels);
  for (const [from, to] of [
    [0, 40],
    [40, 41],
    [41, 97],
  ] as const)
    await png.add(rows(from, to, channels));
  await png.write(path, null);
  const { data, info } = await sharp(path, { failOn: 'warning' }).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width: WIDTH, height: 97, channels });
  expect(new Uint8Array(data)).toEqual(rows(0, 97, channels));
});

test('one that is gone on with elsewhere is the same file', async () => {
  const folder = temporaryFolder();
  const size = { width: WIDTH, height: 60 };
  const whole = new PngBands(size, 3);
  await whole.add(rows(0, 25, 3));
  const { bands, checksum } = whole.soFar;
  const other = new PngBands(size, 3, { bands: [...bands], checksum });
  for (const png of [whole, other]) await png.add(rows(25, 60, 3));
  await whole.write(join(folder, 'whole.png'), 'stamped');
  await other.write(join(folder, 'other.png'), 'stamped');
  const file = await readFile(join(folder, 'whole.png'));
  expect(file.equals(await readFile(join(folder, 'other.png')))).toBe(true);
  expect((await sharp(file).metadata()).comments).toEqual([{ keyword: 'Comment', text: 'stamped' }]);
});
