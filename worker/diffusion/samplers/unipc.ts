import { combine } from './combine.ts';
import { flowTimestep, unipcSigmas } from './flow-sigmas.ts';
import type { SamplerOptions } from './options.ts';
import type { Sampler, SamplerHistory } from './sampler.ts';
import { firstStep } from './strength.ts';
import { corrector, predictor, type Span } from './unipc-weights.ts';

const HIGHEST_ORDER = 2;

/**
 * UniPC (Zhao et al., “UniPC: A Unified Predictor-Corrector Framework for Fast Sampling of Diffusion Models”, 2023) for
 * flow models: order 2, B(h) = exp(h) - 1 (bh2), on predictions of the clean latents. Each run of the network corrects
 * the step before, and predicts the next; the first and the last prediction are of order 1.
 */
export class UniPc implements Sampler {
  readonly timesteps: readonly number[];
  readonly start: number;
  readonly initialScale = 1;
  readonly #sigmas: readonly number[];
  /** Of the last prediction; 0 before there is one. */
  #order = 0;
  /** Clean latents as the last run of the network had them, as the one before had them, and where the last prediction began. */
  #clean: Float32Array | undefined;
  #cleanBefore: Float32Array | undefined;
  #base: Float32Array | undefined;

  constructor({ steps, strength = 1, shift = 1 }: SamplerOptions) {
    const sigmas = unipcSigmas(steps, shift);
    this.timesteps = sigmas.slice(0, steps).map((sigma) => Math.trunc(flowTimestep(sigma)));
    this.start = firstStep(steps, strength);
    // Float32, as in the implementation that the models' published settings are for.
    this.#sigmas = sigmas.map(Math.fround);
  }

  modelInput(latents: Float32Array): Float32Array {
    return latents;
  }

  step(latents: Float32Array, velocity: Float32Array, k: number): Float32Array {
    const clean = combine([1, latents], [-this.#sigmas[k]!, velocity]);
    this.#base = this.#corrected(clean, k) ?? latents;
    this.#cleanBefore = this.#clean;
    this.#clean = clean;
    this.#order = Math.min(HIGHEST_ORDER, this.timesteps.length - k, this.#order + 1);
    return this.#predicted(k);
  }

  addNoise(clean: Float32Array, noise: Float32Array, k: number): Float32Array {
    return combine([1 - this.#sigmas[k]!, clean], [this.#sigmas[k]!, noise]);
  }

  history(): SamplerHistory {
    const tensors = { clean: this.#clean, cleanBefore: this.#cleanBefore, base: this.#base };
    const known = Object.entries(tensors).filter((entry): entry is [string, Float32Array] => !!entry[1]);
    return { scalars: { order: this.#order }, tensors: Object.fromEntries(known) };
  }

  restore({ scalars, tensors }: SamplerHistory): void {
    this.#order = scalars['order']!;
    this.#clean = tensors['clean'];
    this.#cleanBefore = tensors['cleanBefore'];
    this.#base = tensors['base'];
  }

  /** The latents that step `k` began with, once more, knowing what the network now says of them. */
  #corrected(clean: Float32Array, k: number): Float32Array | undefined {
    if (!this.#clean || !this.#base) return undefined;
    const weights = corrector(this.#span(k - 1), this.#order);
    return combine(
      [weights.base, this.#base],
      [weights.clean, this.#clean],
      [weights.before, this.#cleanBefore ?? this.#clean],
      [weights.after, clean],
    );
  }

  /** The latents at the end of step `k`. */
  #predicted(k: number): Float32Array {
    const weights = predictor(this.#span(k), this.#order);
    return combine(
      [weights.base, this.#base!],
      [weights.clean, this.#clean!],
      [weights.before, this.#cleanBefore ?? this.#clean!],
    );
  }

  #span(k: number): Span {
    return { before: this.#sigmas[k - 1], from: this.#sigmas[k]!, to: this.#sigmas[k + 1]! };
  }
}
