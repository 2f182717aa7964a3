import { expect, test } from 'vitest';
import { bins, enlarge } from './resample.ts';

test('enlarging puts samples at pixel centres and holds the borders', () => {
  const row = enlarge({ width: 2, height: 1, data: Float32Array.of(0, 1) }, { width: 4, height: 1 });
  expect([...row.data]).toEqual([0, 0.25, 0.75, 1]);
});

test('bins share positions out evenly', () => {
  expect([...bins(6, 3)]).toEqual([0, 0, 1, 1, 2, 2]);
});
