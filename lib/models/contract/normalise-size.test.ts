import { expect, test } from 'vitest';
import type { VideoGeneration } from '../generation.ts';
import { fitFrames, fitSize, sizeForImage } from './normalise-size.ts';

const generation: VideoGeneration = {
  size: { default: { width: 832, height: 480 }, multiple: 16, min: 128, maxPixels: 832 * 480 },
  frames: { default: 81, min: 5, max: 121, step: 4 },
  fps: { default: 16, min: 4, max: 30 },
  steps: { default: 50, min: 1, max: 60 },
  guidance: { default: 5, min: 1, max: 20 },
  schedulers: ['unipc'],
};

test.each([
  [81, 81],
  [80, 81],
  [82, 81],
  [79, 77],
  [5, 5],
  [4, 5],
  [1, 5],
  [500, 121],
])('%i frames become %i', (asked, given) => {
  const forced = asked === given ? [] : [{ field: 'frames', asked, given }];
  expect(fitFrames(asked, generation)).toEqual({ value: given, forced });
});

test('a size that can be made is left as it is', () => {
  const size = { width: 480, height: 832 };
  expect(fitSize(size, generation)).toEqual({ value: size, forced: [] });
});

test('sides are rounded down to the multiple, and what that changed is said', () => {
  expect(fitSize({ width: 500, height: 480 }, generation)).toEqual({
    value: { width: 496, height: 480 },
    forced: [{ field: 'width', asked: 500, given: 496 }],
  });
});

test('a size of too many pixels keeps its shape', () => {
  // 1664x960 is twice the largest: half of each side.
  expect(fitSize({ width: 1664, height: 960 }, generation).value).toEqual({ width: 832, height: 480 });
});

test('no side is under the least, and the other has room for the rest', () => {
  expect(fitSize({ width: 100, height: 300 }, generation).value).toEqual({ width: 128, height: 288 });
  // 4000x50 holds few enough pixels; beside a height of 128 there is room for 399360 / 128 = 3120.
  expect(fitSize({ width: 4000, height: 50 }, generation).value).toEqual({ width: 3120, height: 128 });
});

test.each([
  // sqrt(399360 * 3/4) = 547.3, sqrt(399360 * 4/3) = 729.7
  [
    { width: 4000, height: 3000 },
    { width: 720, height: 544 },
  ],
  [
    { width: 300, height: 400 },
    { width: 544, height: 720 },
  ],
  [
    { width: 512, height: 512 },
    { width: 624, height: 624 },
  ],
  [
    { width: 832, height: 480 },
    { width: 832, height: 480 },
  ],
])('a video of a picture of %o is %o', (image, value) => {
  expect(sizeForImage(image, generation)).toEqual({ value, forced: [] });
});

test('a picture much longer than the model goes gives a video that is less so', () => {
  // sqrt(399360 / 20) = 141.3 is just wide enough, sqrt(399360 / 30) = 115.4 is not.
  expect(sizeForImage({ width: 100, height: 2000 }, generation)).toEqual({
    value: { width: 128, height: 2816 },
    forced: [],
  });
  expect(sizeForImage({ width: 100, height: 3000 }, generation)).toEqual({
    value: { width: 128, height: 3120 },
    forced: [
      { field: 'width', asked: 112, given: 128 },
      { field: 'height', asked: 3456, given: 3120 },
    ],
  });
});
