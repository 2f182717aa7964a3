import type { Sampler } from './sampler.ts';

/** Of samplers whose steps look at nothing but the latents. */
export const stateless: Pick<Sampler, 'history' | 'restore'> = {
  history: () => ({ scalars: {}, tensors: {} }),
  restore() {},
};
