/*
 * Data that is normally distributed, for which everything is known in closed form: a perfect network's answer, the path
 * that the probability-flow ODE takes (each value keeps its distance from the mean, in standard deviations), and the
 * distribution that sampling with new noise has to end in.
 */
import { expect, test } from 'vitest';
import { walk } from '#tests/sampling';
import { gaussianNoise } from '#worker/diffusion/noise/gaussian-noise';
import { createSampler, type SamplerName } from './create-sampler.ts';
import type { SamplerOptions } from './options.ts';
import { keptAt } from './scaled-linear.ts';
import type { Spacing } from './spacing.ts';

const MEAN = 0.3;
const DEVIATION = 0.5;
const DISTANCES = Float32Array.of(-1.5, -0.5, 0.4, 1.2);

/** Values drawn at random, and new noise for as many. */
const COUNT = 8_000;
const drawn = gaussianNoise(7, 0, COUNT);
const noise = (k: number) => gaussianNoise(7, k + 1, COUNT);
/** Four times the standard error of their mean, and more than that of their deviation. */
const TOLERANCE = (4 * DEVIATION) / Math.sqrt(COUNT);

/** Of latents with a share of the data's variance. */
function deviationAt(share: number): number {
  return Math.sqrt(share * DEVIATION ** 2 + 1 - share);
}

/** Latents of values at these distances from the mean. */
function latentsAt(share: number, distances: Float32Array): Float32Array {
  return distances.map((distance) => Math.sqrt(share) * MEAN + deviationAt(share) * distance);
}

/** A sampler, and what it is to begin with: the Euler samplers keep what is clean at its full size. */
function begin(name: SamplerName, options: SamplerOptions, distances: Float32Array) {
  const sampler = createSampler(name, options);
  const share = keptAt(sampler.timesteps[0]!);
  const scale = name.startsWith('euler') ? 1 / Math.sqrt(share) : 1;
  return { sampler, latents: latentsAt(share, distances).map((x) => x * scale) };
}

/** The network's best answer: the mean of the noise that these latents may hold. */
function noiseIn(latents: Float32Array, timestep: number): Float32Array {
  const share = keptAt(timestep);
  const gain = Math.sqrt(1 - share) / deviationAt(share) ** 2;
  return latents.map((x) => gain * (x - Math.sqrt(share) * MEAN));
}

/** What makes an LCM's prediction the end of the path through these latents, as its training wants it to be. */
function consistent(latents: Float32Array, timestep: number): Float32Array {
  const share = keptAt(timestep);
  const scaled = (10 * timestep) ** 2;
  const [skip, out] = [0.25 / (scaled + 0.25), Math.sqrt(scaled / (scaled + 0.25))];
  return latents.map((x) => {
    const end = MEAN + (DEVIATION * (x - Math.sqrt(share) * MEAN)) / deviationAt(share);
    return (x - (Math.sqrt(share) * (end - skip * x)) / out) / Math.sqrt(1 - share);
  });
}

function worst(values: Float32Array, expected: Float32Array): number {
  return Math.max(...values.map((value, i) => Math.abs(value - expected[i]!)));
}

function momentsOf(values: Float32Array): { mean: number; deviation: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / COUNT;
  return { mean, deviation: Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / COUNT) };
}

test.each<[SamplerName, Spacing]>([
  ['ddim', 'leading'],
  ['ddim', 'trailing'],
  ['euler', 'leading'],
  ['euler', 'trailing'],
])('%s, %s, comes to the exact solution at order 1', (name, spacing) => {
  const expected = latentsAt(name === 'ddim' ? keptAt(0) : 1, DISTANCES);
  const errorOf = (steps: number) => {
    const { sampler, latents } = begin(name, { steps, spacing }, DISTANCES);
    return worst(walk(sampler, latents, { model: noiseIn }), expected);
  };
  const order = Math.log2(errorOf(25) / errorOf(100)) / 2;
  expect(order).toBeGreaterThan(0.8);
  expect(order).toBeLessThan(1.1);
  expect(errorOf(500)).toBeLessThan(7e-3);
});

test.each<[SamplerName, number]>([
  ['ddim', 1],
  ['ddim', 0.5],
  ['euler-ancestral', 0],
])('%s with eta %d comes to the distribution of the data', (name, eta) => {
  const after = (steps: number) => {
    const { sampler, latents } = begin(name, { steps, eta }, drawn);
    return momentsOf(walk(sampler, latents, { model: noiseIn, noise }));
  };
  const [few, many] = [after(25), after(200)];
  expect(Math.abs(few.mean - MEAN)).toBeLessThan(TOLERANCE);
  expect(Math.abs(many.mean - MEAN)).toBeLessThan(TOLERANCE);
  // With few steps there is too little spread.
  expect(DEVIATION - few.deviation).toBeGreaterThan(0.03);
  expect(Math.abs(DEVIATION - many.deviation)).toBeLessThan(0.025);
});

test('LCM of a consistent network ends in the distribution of the data with any steps', () => {
  for (const steps of [1, 4, 8]) {
    const { sampler, latents } = begin('lcm', { steps }, drawn);
    const { mean, deviation } = momentsOf(walk(sampler, latents, { model: consistent, noise }));
    expect(Math.abs(mean - MEAN)).toBeLessThan(TOLERANCE);
    expect(Math.abs(deviation - DEVIATION)).toBeLessThan(TOLERANCE);
  }
});

test('LCM of a consistent network ends a single step at the end of the path', () => {
  const { sampler, latents } = begin('lcm', { steps: 1 }, DISTANCES);
  expect(worst(walk(sampler, latents, { model: consistent }), latentsAt(1, DISTANCES))).toBeLessThan(1e-5);
});
