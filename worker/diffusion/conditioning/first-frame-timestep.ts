import type { LatentShape } from '#worker/diffusion/graphs/video-graphs';

/** Latents that one token of the transformer stands for: time, rows, columns. */
type Patch = readonly [number, number, number];

/**
 * Latents whose first frame is that of a given picture, [channels, 1, height, width] normalised: what the transformer
 * is shown at every step, and after the last one the result. A new array; the sampler goes on with the latents
 * themselves. DIFFUSION.md A6.
 */
export function withFirstFrame(latents: Float32Array, first: Float32Array, shape: LatentShape): Float32Array {
  const plane = shape.height * shape.width;
  const replaced = latents.slice();
  for (let channel = 0; channel < shape.channels; channel++) {
    replaced.set(first.subarray(channel * plane, (channel + 1) * plane), channel * shape.frames * plane);
  }
  return replaced;
}

/**
 * The timestep of each token, by latent frame, row and column: 0 for those of a given first frame, which has no
 * noise, and `timestep` for all others.
 */
export function tokenTimesteps(
  timestep: number,
  shape: LatentShape,
  patch: Patch,
  firstGiven: boolean,
): Float32Array {
  const [time, rows, columns] = patch;
  const tokensOfFrame = (shape.height / rows) * (shape.width / columns);
  const timesteps = new Float32Array((shape.frames / time) * tokensOfFrame).fill(timestep);
  if (firstGiven) timesteps.fill(0, 0, tokensOfFrame);
  return timesteps;
}
