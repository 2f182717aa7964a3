import { combine, type Term } from './combine.ts';
import { noiseLevels } from './euler.ts';
import type { SamplerOptions } from './options.ts';
import type { Sampler } from './sampler.ts';

/** Euler's method that goes down too far, and up again with new noise, as DDPM's ancestral sampling does. */
export function eulerAncestral(options: SamplerOptions): Sampler {
  const { sigmas, common } = noiseLevels(options);
  return {
    ...common,
    step(latents, output, k, noise) {
      const { up, down } = split(sigmas[k]!, sigmas[k + 1]!);
      const sure: [Term, Term] = [
        [1, latents],
        [down - sigmas[k]!, output],
      ];
      return up > 0 ? combine(...sure, [up, noise()]) : combine(...sure);
    },
  };
}

/** The noise of the next level, as what is left of the old and what is new. */
function split(from: number, to: number): { up: number; down: number } {
  const up = Math.sqrt((to ** 2 * (from ** 2 - to ** 2)) / from ** 2);
  return { up, down: Math.sqrt(to ** 2 - up ** 2) };
}
