import { combine } from './combine.ts';
import { keptAt } from './scaled-linear.ts';

/** What latents and the noise said to be in them weigh in the clean latents, where `share` of the variance is kept. */
export function cleanFactors(share: number): { latents: number; output: number } {
  const latents = 1 / Math.sqrt(share);
  return { latents, output: -Math.sqrt(1 - share) * latents };
}

/** Clean latents as they look at a training step, with their variance kept at 1. */
export function addVariancePreservingNoise(clean: Float32Array, noise: Float32Array, timestep: number) {
  const share = keptAt(timestep);
  return combine([Math.sqrt(share), clean], [Math.sqrt(1 - share), noise]);
}
