import { expect, test } from 'vitest';
import { keptAt, sigmaAt } from './scaled-linear.ts';

test.each([
  [0, 0.99915],
  [999, 0.0046601],
])('at training step %d %d of the variance is kept', (timestep, share) => {
  expect(keptAt(timestep)).toBeCloseTo(share, 6);
});

test('before the first training step as much is kept as at it', () => {
  expect(keptAt(-19)).toBe(keptAt(0));
});

test.each([
  [999, 14.6146],
  [749, 4.0817],
  [499, 1.6129],
  [249, 0.6932],
])('sigma at training step %d is %d', (timestep, sigma) => {
  // The published values have four decimals.
  expect(Math.abs(sigmaAt(timestep) - sigma)).toBeLessThan(5e-5);
});

test('the betas run from 0.00085 to 0.012', () => {
  expect(1 - keptAt(0)).toBeCloseTo(0.00085, 10);
  expect(1 - keptAt(999) / keptAt(998)).toBeCloseTo(0.012, 10);
});
