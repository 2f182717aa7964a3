import { expect, test } from 'vitest';
import { philox, randomAt } from './random.ts';

test('Philox gives what its authors say it gives', () => {
  // kat_vectors of Random123, philox2x32 with 10 rounds.
  expect(philox([0, 0], 0)).toEqual([0xff1dae59, 0x6cd10df2]);
  expect(philox([0xffffffff, 0xffffffff], 0xffffffff)).toEqual([0x2c3f628b, 0xab4fd7ad]);
  expect(philox([0x243f6a88, 0x85a308d3], 0x13198a2e)).toEqual([0xdd7ce038, 0xf62a4c12]);
});

test('numbers of a stream lie within -1..1, about evenly', () => {
  const numbers = Array.from({ length: 2_000 }, (_, index) => randomAt(42, 1, index));
  expect(Math.min(...numbers)).toBeGreaterThanOrEqual(-1);
  expect(Math.max(...numbers)).toBeLessThanOrEqual(1);
  expect(Math.abs(numbers.reduce((sum, number) => sum + number, 0) / numbers.length)).toBeLessThan(0.05);
});
