import { expect, test } from 'vitest';
import { shrink } from './depth-shrink.ts';

test('shrinking takes the mean of what falls into each pixel', () => {
  const plane = { width: 4, height: 2, data: Float32Array.of(1, 3, 10, 20, 5, 7, 30, 40) };
  expect([...shrink(plane, { width: 2, height: 1 }).data]).toEqual([4, 25]);
});
