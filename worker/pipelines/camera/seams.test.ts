import { expect, test } from 'vitest';
import type { Depths } from './relief.ts';
import { seamless } from './seams.ts';

const size = { width: 80, height: 40 };
const pixels = size.width * size.height;
const photo = { ...size, rgb: new Uint8Array(pixels * 3).fill(200) };

/** Layer 1 to the left of the middle, layer 2 to the right; by column, how near it is. */
function depthsOf(nearness: (x: number) => number): Depths {
  return {
    ...size,
    nearness: Uint16Array.from({ length: pixels }, (_, i) => 65535 * nearness(i % size.width)),
    bands: Uint8Array.from({ length: pixels }, (_, i) => (i % size.width < 40 ? 1 : 2)),
  };
}

/** Which columns of a fill, black before, got the photo. */
function photoColumns(depths: Depths): number[] {
  const fill = new Uint8Array(pixels * 3);
  seamless(depths, photo)(fill, 1);
  const columns = Array.from({ length: size.width }, (_, x) => x);
  return columns.filter((x) => fill[(20 * size.width + x) * 3] === 200);
}

test('where a surface goes on into a nearer layer, the fill under its seam is the photo', () => {
  const columns = photoColumns(depthsOf((x) => 0.4 + x / 400));
  expect(columns).toContain(38);
  expect(columns).toContain(44);
  expect(columns).not.toContain(60);
});

test('at the edge of a thing the fill stays, on either side', () => {
  const columns = photoColumns(depthsOf((x) => (x < 40 ? 0.2 : 0.8)));
  for (const x of [36, 39, 40, 44]) expect(columns).not.toContain(x);
});
