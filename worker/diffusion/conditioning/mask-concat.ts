import type { LatentShape } from '#worker/diffusion/graphs/video-graphs';

/** Which pictures of a video are given. */
export interface GivenFrames {
  first: boolean;
  last: boolean;
}

/**
 * What the VAE encodes of a video of which only the first picture, or the first and the last, are known: the others are
 * zeros, mid-grey. Pictures are planar, -1..1; the zeros are one array at every place. DIFFUSION.md A5.
 */
export function conditionFrames(
  first: Float32Array,
  last: Float32Array | null,
  frames: number,
): Float32Array[] {
  const nothing = new Float32Array(first.length);
  const known = Array.from({ length: frames }, (_, at) => (at === 0 ? first : nothing));
  if (last) known[frames - 1] = last;
  return known;
}

/**
 * Which frames of the video are given, 1 or 0, as channels of the latents: [time, frames, height, width], where
 * latent frame i has the `time` video frames it stands for one in each channel, and the first one, which stands for a
 * single frame, has that in all of them.
 */
export function conditionMask(
  { frames, height, width }: LatentShape,
  given: GivenFrames,
  time = 4,
): Float32Array {
  const plane = height * width;
  const mask = new Float32Array(time * frames * plane);
  if (given.first) for (let channel = 0; channel < time; channel++) fillFrame(channel, 0);
  if (given.last) fillFrame(time - 1, frames - 1);
  return mask;

  function fillFrame(channel: number, frame: number): void {
    const from = (channel * frames + frame) * plane;
    mask.fill(1, from, from + plane);
  }
}

/**
 * The channels that stand beside the latents at every step: the mask's, then those of the normalised latents that
 * `conditionFrames` were encoded to. Without a picture, where a model runs without one, all of them are zeros.
 */
export function maskedCondition(
  shape: LatentShape,
  given: GivenFrames,
  encoded: Float32Array | null,
  time = 4,
): Float32Array {
  const { channels, frames, height, width } = shape;
  const condition = new Float32Array((time + channels) * frames * height * width);
  if (encoded) {
    const mask = conditionMask(shape, given, time);
    condition.set(mask);
    condition.set(encoded, mask.length);
  }
  return condition;
}

/** Latents and, after their channels, those of what they are conditioned on. */
export function concatChannels(latents: Float32Array, condition: Float32Array): Float32Array {
  const joined = new Float32Array(latents.length + condition.length);
  joined.set(latents);
  joined.set(condition, latents.length);
  return joined;
}
