import { expect, test } from 'vitest';
import { recheckDelayMs, retryDelayMs } from './retry-policy.ts';

test('doubles from two seconds, up to ten minutes', () => {
  const longest = [1, 2, 3, 4, 20].map((attempt) => retryDelayMs(attempt, 1));
  expect(longest).toEqual([2_000, 4_000, 8_000, 16_000, 600_000]);
});

test('draws at most half of the wait at random', () => {
  expect(retryDelayMs(3, 0)).toBe(4_000);
  expect(retryDelayMs(3, 0.5)).toBe(6_000);
});

test('looks again for what is missing every 15 to 30 s', () => {
  expect([0, 0.5, 1].map(recheckDelayMs)).toEqual([15_000, 22_500, 30_000]);
});
