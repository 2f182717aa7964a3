import { combine } from './combine.ts';
import type { SamplerOptions } from './options.ts';
import type { Sampler } from './sampler.ts';
import { sigmaAt } from './scaled-linear.ts';
import { spaced } from './spacing.ts';
import { stateless } from './stateless.ts';
import { firstStep } from './strength.ts';

/** Latents that are clean + sigma noise, and what the Euler samplers share of them: all but the step. */
export interface NoiseLevels {
  /** One for each step, and 0 at the end. */
  sigmas: readonly number[];
  common: Omit<Sampler, 'step'>;
}

export function noiseLevels({ steps, strength = 1, spacing = 'leading' }: SamplerOptions): NoiseLevels {
  const timesteps = spaced(spacing, steps);
  const sigmas = [...timesteps.map(sigmaAt), 0];
  const most = sigmas[0]!;
  const common: NoiseLevels['common'] = {
    ...stateless,
    timesteps,
    start: firstStep(steps, strength),
    // Where the first timestep is not the noisiest there is, the noise stands for the picture's own spread too.
    initialScale: spacing === 'leading' ? Math.sqrt(most ** 2 + 1) : most,
    modelInput: (latents, k) => combine([1 / Math.sqrt(sigmas[k]! ** 2 + 1), latents]),
    addNoise: (clean, noise, k) => combine([1, clean], [sigmas[k]!, noise]),
  };
  return { sigmas, common };
}

/** Euler's method (Karras et al., “Elucidating the Design Space of Diffusion-Based Generative Models”, 2022, without churn). */
export function euler(options: SamplerOptions): Sampler {
  const { sigmas, common } = noiseLevels(options);
  return {
    ...common,
    step: (latents, output, k) => combine([1, latents], [sigmas[k + 1]! - sigmas[k]!, output]),
  };
}
