import { expect, test } from 'vitest';
import { normalQuantile } from './normal-quantile.ts';

test.each([
  // Printed with the algorithm.
  [0.25, -0.6744897501960817],
  [0.001, -3.090232306167814],
  // Cephes' ndtri, as PyTorch has it.
  [0.3, -0.5244005127080409],
  [0.074, -1.4466320671589785],
  [0.926, 1.446632067158979],
  [0.02425, -1.972961051311885],
  [0.0001, -3.7190164854556804],
  [0.999, 3.090232306167813],
  [2 ** -33, -6.3379577545537895],
  [1 - 2 ** -33, 6.3379577545537895],
])('a normal number lies with probability %d below %d', (probability, quantile) => {
  expect(Math.abs(normalQuantile(probability) - quantile)).toBeLessThan(1e-14);
});

test('the median is 0', () => {
  expect(normalQuantile(0.5)).toBe(0);
});
