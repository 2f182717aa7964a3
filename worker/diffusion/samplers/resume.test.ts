import { expect, test } from 'vitest';
import { walk } from '#tests/sampling';
import { gaussianNoise } from '#worker/diffusion/noise/gaussian-noise';
import { createSampler, type SamplerName } from './create-sampler.ts';
import type { SamplerOptions } from './options.ts';
import type { SamplerHistory } from './sampler.ts';

const model = (input: Float32Array, t: number) =>
  input.map((x, i) => Math.sin(3 * x + i) + 0.3 * (t / 1000) * x);
const noise = (k: number) => gaussianNoise(42, k + 1, 64);

/** As a history comes back from a file. */
function stored({ scalars, tensors }: SamplerHistory): SamplerHistory {
  const copies = Object.entries(tensors).map(([name, values]) => [name, values.slice()] as const);
  return { scalars: JSON.parse(JSON.stringify(scalars)), tensors: Object.fromEntries(copies) };
}

test.each<[SamplerName, SamplerOptions]>([
  ['unipc', { steps: 7, shift: 3 }],
  ['unipc', { steps: 10, shift: 5, strength: 0.6 }],
  ['flow-euler', { steps: 7, shift: 3 }],
  ['ddim', { steps: 7 }],
  ['ddim', { steps: 7, eta: 1, strength: 0.8 }],
  ['euler', { steps: 7, spacing: 'trailing' }],
  ['euler-ancestral', { steps: 7 }],
  ['lcm', { steps: 7 }],
])('%s with %o goes on after any step as if it had not been stopped', (name, options) => {
  const saved = new Map<number, { latents: Float32Array; history: SamplerHistory }>();
  const sampler = createSampler(name, options);
  const end = walk(sampler, gaussianNoise(42, 0, 64), {
    model,
    noise,
    onStep: (latents, k) => saved.set(k, { latents: latents.slice(), history: stored(sampler.history()) }),
  });
  expect(saved.size).toBe(sampler.timesteps.length - sampler.start);
  for (const [from, { latents, history }] of saved) {
    const resumed = createSampler(name, options);
    resumed.restore(history);
    expect(walk(resumed, latents, { model, noise, from })).toEqual(end);
  }
});
