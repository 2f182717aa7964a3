import { expect, test } from 'vitest';
import { byteTable, normalise, quantile, smoothstep } from './levels.ts';

test('quantiles', () => {
  expect(quantile([5, 1, 4, 2, 3], 0)).toBe(1);
  expect(quantile([5, 1, 4, 2, 3], 0.5)).toBe(3);
  expect(quantile([5, 1, 4, 2, 3], 1)).toBe(5);
});

test('normalising spans 0..1, clamps the tails, and makes nothing of nothing', () => {
  expect([...normalise(Float32Array.of(2, 4, 3), 0)]).toEqual([0, 1, 0.5]);
  const tailed = normalise(
    Float32Array.from({ length: 101 }, (_, i) => i),
    0.1,
  );
  expect([tailed[0], tailed[5], tailed[50], tailed[100]]).toEqual([0, 0, 0.5, 1]);
  expect([...normalise(Float32Array.of(7, 7), 0)]).toEqual([0, 0]);
});

test('smoothstep', () => {
  expect([0, 2, 3, 4, 9].map((value) => smoothstep(2, 4, value))).toEqual([0, 0, 0.5, 1, 1]);
});

test('a table of bytes', () => {
  const table = byteTable((byte) => byte / 510);
  expect([table.length, table[0], table[128], table[255]]).toEqual([256, 0, 64, 128]);
});
