import type { Spacing } from './spacing.ts';

/** How a run is to go; each sampler reads what concerns it. */
export interface SamplerOptions {
  /** At least 1. */
  steps: number;
  /** 0..1: how much of the way is gone, of a run over a given picture (img2img). All of it where nothing is said. */
  strength?: number;
  /** Of flow models: above 1, more of the steps are spent on much noise. 1 where nothing is said. */
  shift?: number;
  /** Of DDIM and the Euler samplers; `leading` where nothing is said. */
  spacing?: Spacing;
  /** Of DDIM: how much new noise there is in each step, 0 (where nothing is said) to 1. */
  eta?: number;
}
