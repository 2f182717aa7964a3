import { expect, test } from 'vitest';
import { bins, enlarge, shrink } from './resample.ts';

test('enlarging puts samples at pixel centres and holds the borders', () => {
  const row = enlarge({ width: 2, height: 1, data: Float32Array.of(0, 1) }, { width: 4, height: 1 });
  expect([...row.data]).toEqual([0, 0.25, 0.75, 1]);
});

test('shrinking takes the mean of what falls into each pixel', () => {
  const plane = { width: 4, height: 2, data: Float32Array.of(1, 3, 10, 20, 5, 7, 30, 40) };
  expect([...shrink(plane, { width: 2, height: 1 }).data]).toEqual([4, 25]);
});

test('bins share positions out evenly', () => {
  expect([...bins(6, 3)]).toEqual([0, 0, 1, 1, 2, 2]);
});
