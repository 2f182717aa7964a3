import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import type { Picture, Size } from '#worker/pipelines/raster/size';
import { decodePhoto, shrinkPhoto } from '../photo.ts';
import { enlargeRepainting } from './enlarge-repainting.ts';

const SIZE = { width: 200, height: 600 };
const SMALL = { width: 50, height: 150 };

type Colour = readonly [number, number, number];

/** One colour on the left of `edge`, and another on the right of it. */
function halves({ width, height }: Size, edge: number, left: Colour, right: Colour): Picture {
  const rgb = Uint8Array.from({ length: width * height * 3 }, (_, at) => {
    const x = Math.floor(at / 3) % width;
    return (x < edge ? left : right)[at % 3]!;
  });
  return { width, height, rgb };
}

async function enlarge(photo: Picture, painted: Picture): Promise<Picture> {
  const small = await shrinkPhoto(photo, SMALL);
  const bands: number[] = [];
  const png = await enlargeRepainting({ photo, small, painted }, (done) => bands.push(done));
  expect(bands).toEqual([0, 1, 2]);
  const path = join(temporaryFolder(), 'painted.png');
  await png.write(path, null);
  return decodePhoto(path);
}

function expectAt({ width, rgb }: Picture, x: number, colour: Colour, within: number): void {
  for (const y of [0, 255, 256, 599]) {
    const at = (y * width + x) * 3;
    colour.forEach((value, i) =>
      expect(Math.abs(rgb[at + i]! - value), `${x} ${y} ${i}`).toBeLessThan(within),
    );
  }
}

test('where the painting follows the photo, its edges lie and are as sharp as there', async () => {
  // The edge lies within a pixel of the small copy, which a painting of that copy cannot know.
  const photo = halves(SIZE, 102, [60, 60, 60], [190, 190, 190]);
  const [left, right]: [Colour, Colour] = [
    [200, 80, 40],
    [40, 90, 220],
  ];
  const { rgb } = await shrinkPhoto(halves(SIZE, 102, left, right), SMALL);
  const result = await enlarge(photo, { ...SMALL, rgb });
  expectAt(result, 20, left, 4);
  expectAt(result, 180, right, 4);
  expectAt(result, 98, left, 22);
  expectAt(result, 105, right, 22);
});

test('where it goes its own way, nothing of the photo comes through', async () => {
  const photo = halves(SIZE, 102, [60, 60, 60], [190, 190, 190]);
  const painted = halves(SMALL, 25, [120, 60, 30], [120, 60, 30]);
  const result = await enlarge(photo, painted);
  for (const x of [0, 99, 101, 102, 105, 199]) expectAt(result, x, [120, 60, 30], 2);
});
