import { ddim } from './ddim.ts';
import { eulerAncestral } from './euler-ancestral.ts';
import { euler } from './euler.ts';
import { flowEuler } from './flow-euler.ts';
import { lcm } from './lcm.ts';
import type { SamplerOptions } from './options.ts';
import type { Sampler } from './sampler.ts';
import { UniPc } from './unipc.ts';

const SAMPLERS = {
  unipc: (options: SamplerOptions) => new UniPc(options),
  'flow-euler': flowEuler,
  ddim,
  euler,
  'euler-ancestral': eulerAncestral,
  lcm,
} satisfies Record<string, (options: SamplerOptions) => Sampler>;

/** The same names as `SchedulerName` of the catalogue. */
export type SamplerName = keyof typeof SAMPLERS;

/** A sampler that has not taken a step. UniPC and flow Euler are for networks that say velocity, the others for noise. */
export function createSampler(name: SamplerName, options: SamplerOptions): Sampler {
  return SAMPLERS[name](options);
}
