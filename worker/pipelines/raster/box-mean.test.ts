import { expect, test } from 'vitest';
import { boxMean } from './box-mean.ts';

test('the window is cut off at the borders', () => {
  const spike = { width: 5, height: 1, data: Float32Array.of(6, 0, 3, 0, 0) };
  expect([...boxMean(spike, 1).data]).toEqual([3, 3, 1, 1, 0]);
});

test('a window larger than the picture gives its mean', () => {
  const { data } = boxMean({ width: 2, height: 2, data: Float32Array.of(0, 4, 8, 4) }, 5);
  expect([...data]).toEqual([4, 4, 4, 4]);
});
