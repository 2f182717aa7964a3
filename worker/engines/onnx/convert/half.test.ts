import { expect, test } from 'vitest';
import { floatToHalf, halfToFloat } from './half.ts';

test('every 16-bit float comes back as it was', () => {
  const numbers = Array.from({ length: 0x10000 }, (_, bits) => bits).filter(
    (bits) => !Number.isNaN(halfToFloat(bits)),
  );
  expect(numbers.filter((bits) => floatToHalf(halfToFloat(bits)) !== bits)).toEqual([]);
  expect(halfToFloat(floatToHalf(Number.NaN))).toBeNaN();
});

test.each([
  // Between 2048 and 4096 there are only even ones.
  [2049, 2048],
  [2051, 2052],
  [-2050.9, -2050],
  // The largest is 65504, and what is nearer to the next is beyond.
  [65_519.9, 65_504],
  [65_520, Infinity],
  [-1e9, -Infinity],
  // The smallest is 2^-24.
  [2 ** -25, 0],
  [1.5 * 2 ** -24, 2 * 2 ** -24],
  [0.1, 0.0999755859375],
])('%d is nearest to %d', (value, nearest) => {
  expect(halfToFloat(floatToHalf(value))).toBe(nearest);
});
