import { combine } from './combine.ts';
import { flowEulerSigmas, flowTimestep } from './flow-sigmas.ts';
import type { SamplerOptions } from './options.ts';
import type { Sampler } from './sampler.ts';
import { stateless } from './stateless.ts';
import { firstStep } from './strength.ts';

/**
 * Euler's method along a flow (Lipman et al., “Flow Matching for Generative Modeling”, 2022): the network's velocity,
 * noise minus clean, is followed from each share of noise to the next.
 */
export function flowEuler({ steps, strength = 1, shift = 1 }: SamplerOptions): Sampler {
  const sigmas = flowEulerSigmas(steps, shift);
  return {
    ...stateless,
    timesteps: sigmas.slice(0, steps).map(flowTimestep),
    start: firstStep(steps, strength),
    initialScale: 1,
    modelInput: (latents) => latents,
    step: (latents, velocity, k) => combine([1, latents], [sigmas[k + 1]! - sigmas[k]!, velocity]),
    addNoise: (clean, noise, k) => combine([1 - sigmas[k]!, clean], [sigmas[k]!, noise]),
  };
}
