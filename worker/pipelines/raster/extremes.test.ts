import { expect, test } from 'vitest';
import { extremesAround } from './extremes.ts';

test('finds the least and the most in each window', () => {
  const { least, most } = extremesAround({ width: 3, height: 2, data: Float32Array.of(1, 5, 2, 0, 3, 9) }, 1);
  expect([...least]).toEqual([0, 0, 2, 0, 0, 2]);
  expect([...most]).toEqual([5, 9, 9, 5, 9, 9]);
});
