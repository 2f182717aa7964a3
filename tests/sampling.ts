import type { Sampler } from '#worker/diffusion/samplers/sampler';

interface Walk {
  /** What stands for the network: it is shown the sampler's input, and told the timestep and the step. */
  model: (input: Float32Array, timestep: number, k: number) => Float32Array;
  /** New noise after step `k`; samplers that are to add none may not ask for it. */
  noise?: (k: number) => Float32Array;
  /** The step to go on with, where it is not the first. */
  from?: number;
  /** Called with the latents that a step is about to begin with. */
  onStep?: (latents: Float32Array, k: number) => void;
}

/** All the steps of a run from these latents on. */
export function walk(sampler: Sampler, latents: Float32Array, { model, noise, from, onStep }: Walk) {
  let current = latents;
  for (let k = from ?? sampler.start; k < sampler.timesteps.length; k++) {
    onStep?.(current, k);
    const output = model(sampler.modelInput(current, k), sampler.timesteps[k]!, k);
    current = sampler.step(current, output, k, () => {
      if (!noise) throw new Error(`Noise was asked for after step ${k}.`);
      return noise(k);
    });
  }
  return current;
}
