import { expect, test } from 'vitest';
import { workingSize } from './working-size.ts';

test.each([
  ['a square', 512, 512, 512, 512],
  ['a large square', 3000, 3000, 512, 512],
  ['a small one', 100, 100, 512, 512],
  ['4:3', 1600, 1200, 704, 512],
  ['3:2', 3000, 2000, 768, 512],
  ['3:2, standing', 2000, 3000, 512, 768],
  ['16:9', 1920, 1080, 768, 448],
  ['a strip', 4096, 64, 768, 64],
])('%s of %ix%i is painted at %ix%i', (_, width, height, toWidth, toHeight) => {
  expect(workingSize({ width, height })).toEqual({ width: toWidth, height: toHeight });
});
