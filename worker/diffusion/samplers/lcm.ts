import { combine, type Term } from './combine.ts';
import type { SamplerOptions } from './options.ts';
import type { Sampler } from './sampler.ts';
import { keptAt } from './scaled-linear.ts';
import { lcmSpaced } from './spacing.ts';
import { stateless } from './stateless.ts';
import { addVariancePreservingNoise, cleanFactors } from './variance-preserving.ts';

/** Spread of clean latents that the boundary condition reckons with, and what timesteps are scaled by in it. */
const SPREAD = 0.5;
const SCALE = 10;

/**
 * Latent consistency models (Luo et al., “Latent Consistency Models”, 2023): each run of the network says the clean
 * latents, which get new noise for the next. `strength` is in the choice of timesteps, so that every step of them is
 * taken; there are fewer than asked for where it leaves less to choose from.
 */
export function lcm({ steps, strength = 1 }: SamplerOptions): Sampler {
  const timesteps = lcmSpaced(steps, strength);
  return {
    ...stateless,
    timesteps,
    start: 0,
    initialScale: 1,
    modelInput: (latents) => latents,
    step(latents, output, k, noise) {
      const factors = consistent(timesteps[k]!);
      const next = timesteps[k + 1];
      const share = next === undefined ? 1 : keptAt(next);
      const signal = Math.sqrt(share);
      const said: [Term, Term] = [
        [signal * factors.latents, latents],
        [signal * factors.output, output],
      ];
      return next === undefined ? combine(...said) : combine(...said, [Math.sqrt(1 - share), noise()]);
    },
    addNoise: (clean, noise, k) => addVariancePreservingNoise(clean, noise, timesteps[k]!),
  };
}

/** What latents and the noise said to be in them weigh in what is taken for clean: at no noise, the latents themselves. */
function consistent(timestep: number): { latents: number; output: number } {
  const scaled = SCALE * timestep;
  const skip = SPREAD ** 2 / (scaled ** 2 + SPREAD ** 2);
  const out = scaled / Math.sqrt(scaled ** 2 + SPREAD ** 2);
  const clean = cleanFactors(keptAt(timestep));
  return { latents: out * clean.latents + skip, output: out * clean.output };
}
