import type { ModelIndex } from '#lib/models/contract/model-index';
import type { LatentShape } from '#worker/diffusion/graphs/video-graphs';
import type { Picture } from '#worker/pipelines/raster/size';

/**
 * What the middle of a video roughly looks like, from its normalised latents: one pixel for each, by the linear map
 * of the model's index. Latents that are still noisy give a noisy picture.
 */
export function latentPreview(
  latents: Float32Array,
  shape: LatentShape,
  { latents: { rgb } }: ModelIndex,
): Picture {
  const { frames, height, width } = shape;
  const plane = height * width;
  const middle = Math.floor(frames / 2) * plane;
  const pixels = new Uint8ClampedArray(plane * 3);
  for (let at = 0; at < plane; at++) {
    for (let colour = 0; colour < 3; colour++) {
      let value = rgb.bias[colour]!;
      rgb.factors.forEach((factors, channel) => {
        value += factors[colour]! * latents[channel * frames * plane + middle + at]!;
      });
      pixels[at * 3 + colour] = value * 255;
    }
  }
  return { width, height, rgb: new Uint8Array(pixels.buffer) };
}
