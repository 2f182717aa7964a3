import { expect, test } from 'vitest';
import { createSampler } from './create-sampler.ts';
import { flowEulerSigmas, unipcSigmas } from './flow-sigmas.ts';

test('the grid of UniPC is what diffusers has for Wan', () => {
  const sigmas = [0.999999, 0.90012, 0.750375, 0.500999, 0];
  for (const [k, sigma] of unipcSigmas(4, 3).entries()) expect(sigma).toBeCloseTo(sigmas[k]!, 6);
});

test.each([
  [4, 3, [999, 900, 750, 500], [500]],
  [10, 5, [999, 978, 952, 921, 882, 833], [682, 556, 359]],
  [50, 5, [999, 995, 991, 987, 982, 978], [244, 175, 96]],
])('timesteps of UniPC with %d steps and shift %d', (steps, shift, first, last) => {
  const { timesteps } = createSampler('unipc', { steps, shift });
  expect(timesteps).toHaveLength(steps);
  expect(timesteps.slice(0, first.length)).toEqual(first);
  expect(timesteps.slice(-last.length)).toEqual(last);
});

test('the grid of flow Euler goes from 1 to a shifted 1/1000, and its timesteps are not cut', () => {
  // numpy.linspace(1, 1 / 1000, 4), shifted by 3.
  const sigmas = [1, 0.8573265, 0.6007194, 0.002994, 0];
  for (const [k, sigma] of flowEulerSigmas(4, 3).entries()) expect(sigma).toBeCloseTo(sigmas[k]!, 6);
  const { timesteps } = createSampler('flow-euler', { steps: 4, shift: 3 });
  for (const [k, timestep] of timesteps.entries()) expect(timestep).toBeCloseTo(1000 * sigmas[k]!, 3);
});

test('a single step goes all the way', () => {
  expect(flowEulerSigmas(1, 5)).toEqual([1, 0]);
  expect(unipcSigmas(1, 5)).toEqual([1 - 1e-6, 0]);
});
