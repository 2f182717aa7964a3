import { combine, type Term } from './combine.ts';
import type { SamplerOptions } from './options.ts';
import type { Sampler } from './sampler.ts';
import { keptAt } from './scaled-linear.ts';
import { spaced, strideOf } from './spacing.ts';
import { stateless } from './stateless.ts';
import { firstStep } from './strength.ts';
import { addVariancePreservingNoise, cleanFactors } from './variance-preserving.ts';

/**
 * DDIM (Song et al., “Denoising Diffusion Implicit Models”, 2020) for networks that say the noise. With `eta` 0 a step is
 * sure; with 1 it has as much new noise as DDPM. The last one ends at the first training step's little noise.
 */
export function ddim({ steps, strength = 1, spacing = 'leading', eta = 0 }: SamplerOptions): Sampler {
  const timesteps = spaced(spacing, steps);
  const stride = strideOf(steps);
  return {
    ...stateless,
    timesteps,
    start: firstStep(steps, strength),
    initialScale: 1,
    modelInput: (latents) => latents,
    step(latents, output, k, noise) {
      const now = keptAt(timesteps[k]!);
      const next = keptAt(timesteps[k]! - stride);
      const fresh = eta * Math.sqrt(((1 - next) / (1 - now)) * (1 - now / next));
      const clean = cleanFactors(now);
      const signal = Math.sqrt(next);
      const direction = signal * clean.output + Math.sqrt(1 - next - fresh ** 2);
      const sure: [Term, Term] = [
        [signal * clean.latents, latents],
        [direction, output],
      ];
      return fresh > 0 ? combine(...sure, [fresh, noise()]) : combine(...sure);
    },
    addNoise: (clean, noise, k) => addVariancePreservingNoise(clean, noise, timesteps[k]!),
  };
}
