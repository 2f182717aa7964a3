/*
 * Data that is normally distributed, for which a perfect network's answer is known in closed form, and the path that the
 * flow takes: each value keeps its distance from the mean, in standard deviations.
 */
import { expect, test } from 'vitest';
import { walk } from '#tests/sampling';
import { createSampler } from './create-sampler.ts';
import { flowEulerSigmas, unipcSigmas } from './flow-sigmas.ts';

const MEAN = 0.3;
const DEVIATION = 0.5;
const DISTANCES = Float32Array.of(-1.5, -0.5, 0.4, 1.2);
const GRIDS = { unipc: unipcSigmas, 'flow-euler': flowEulerSigmas };

/** Of latents at a share of noise. */
function deviationAt(sigma: number): number {
  return Math.hypot((1 - sigma) * DEVIATION, sigma);
}

/** Noise minus clean, of what is most likely at this place. */
function velocityAt(x: number, sigma: number): number {
  const gain = ((1 - sigma) * DEVIATION ** 2) / deviationAt(sigma) ** 2;
  const clean = MEAN + gain * (x - (1 - sigma) * MEAN);
  return (x - clean) / sigma;
}

/** How far from the exact end of the path a sampler comes out. */
function errorOf(name: keyof typeof GRIDS, steps: number, shift: number): number {
  const sigmas = GRIDS[name](steps, shift);
  const begin = DISTANCES.map((distance) => (1 - sigmas[0]!) * MEAN + deviationAt(sigmas[0]!) * distance);
  const end = walk(createSampler(name, { steps, shift }), begin, {
    model: (input, _, k) => input.map((x) => velocityAt(x, sigmas[k]!)),
  });
  return Math.max(...end.map((x, i) => Math.abs(x - MEAN - DEVIATION * DISTANCES[i]!)));
}

/** The power of the number of steps that the error falls with, over three doublings. */
function orderOf(name: keyof typeof GRIDS, shift: number): number {
  return Math.log2(errorOf(name, 20, shift) / errorOf(name, 160, shift)) / 3;
}

test.each([1, 3, 5])('Euler comes to the exact solution at order 1, with shift %d', (shift) => {
  expect(orderOf('flow-euler', shift)).toBeCloseTo(1, 1);
  expect(errorOf('flow-euler', 640, shift)).toBeLessThan(6e-3);
});

test.each([1, 3, 5])('UniPC comes to the exact solution at order 2, with shift %d', (shift) => {
  expect(orderOf('unipc', shift)).toBeGreaterThan(1.9);
  expect(errorOf('unipc', 640, shift)).toBeLessThan(2e-4);
});
