import { expect, test } from 'vitest';
import { walk } from '#tests/sampling';
import { createSampler, type SamplerName } from './create-sampler.ts';
import type { Spacing } from './spacing.ts';

const NAMES: SamplerName[] = ['unipc', 'flow-euler', 'ddim', 'euler', 'euler-ancestral', 'lcm'];
const clean = Float32Array.of(0.5, -1.25, 2);
const noise = Float32Array.of(1, 0.25, -0.5);

test.each([
  [20, 1, 0],
  [20, 0.5, 10],
  [20, 0.35, 13],
  [20, 0.04, 20],
  [20, 0, 20],
  [4, 0.3, 3],
  [1, 0.99, 1],
])('of %d steps, strength %d begins at step %d', (steps, strength, start) => {
  for (const name of NAMES.filter((name) => name !== 'lcm')) {
    expect(createSampler(name, { steps, strength }).start).toBe(start);
  }
});

test('strength 0 leaves nothing to do', () => {
  for (const name of NAMES) {
    const sampler = createSampler(name, { steps: 8, strength: 0 });
    expect(sampler.start).toBe(sampler.timesteps.length);
    expect(walk(sampler, clean, { model: () => expect.unreachable() })).toBe(clean);
  }
});

// Each by its formula: (1 - sigma) clean + sigma noise; sqrt(abar) clean + sqrt(1 - abar) noise; clean + sigma noise.
test.each<[SamplerName, number, number]>([
  ['flow-euler', 0.6007194, 0.3992806],
  ['unipc', 0.750375, 0.249625],
])('%s begins with a mixture along a straight line', (name, sigma, rest) => {
  const sampler = createSampler(name, { steps: 4, shift: 3, strength: 0.5 });
  const mixed = sampler.addNoise(clean, noise, sampler.start);
  for (const [i, x] of mixed.entries()) expect(x).toBeCloseTo(rest * clean[i]! + sigma * noise[i]!, 5);
});

test.each<[SamplerName, number]>([
  ['ddim', 499],
  ['lcm', 499],
])('%s begins with as much variance as pure noise has', (name, timestep) => {
  const spacing = 'trailing';
  const sampler = createSampler(name, { steps: 4, spacing, strength: 0.5 });
  expect(sampler.timesteps[sampler.start]).toBe(timestep);
  // sigma = sqrt((1 - abar) / abar) is 1.612886 there.
  const [kept, added] = [1 / Math.sqrt(1 + 1.612886 ** 2), 1 / Math.sqrt(1 + 1.612886 ** -2)];
  const mixed = sampler.addNoise(clean, noise, sampler.start);
  for (const [i, x] of mixed.entries()) expect(x).toBeCloseTo(kept * clean[i]! + added * noise[i]!, 5);
});

test.each<SamplerName>(['euler', 'euler-ancestral'])('%s begins with noise on top', (name) => {
  const sampler = createSampler(name, { steps: 4, spacing: 'trailing', strength: 0.5 });
  const mixed = sampler.addNoise(clean, noise, sampler.start);
  for (const [i, x] of mixed.entries()) expect(x).toBeCloseTo(clean[i]! + 1.612886 * noise[i]!, 5);
  // What the network sees has the variance that it was trained with.
  const seen = sampler.modelInput(mixed, sampler.start);
  for (const [i, x] of seen.entries()) expect(x).toBeCloseTo(mixed[i]! / Math.sqrt(1.612886 ** 2 + 1), 5);
});

test.each<[SamplerName, Spacing | undefined, number]>([
  ['unipc', undefined, 1],
  ['flow-euler', undefined, 1],
  ['ddim', undefined, 1],
  ['lcm', undefined, 1],
  ['euler', 'trailing', 14.614641],
  // The first of 4 leading steps is 751, where sigma is 4.116696.
  ['euler', 'leading', Math.sqrt(1 + 4.116696 ** 2)],
  ['euler-ancestral', 'leading', Math.sqrt(1 + 4.116696 ** 2)],
])('%s, %s, begins with noise times %d', (name, spacing, scale) => {
  expect(createSampler(name, { steps: 4, spacing }).initialScale).toBeCloseTo(scale, 5);
});
