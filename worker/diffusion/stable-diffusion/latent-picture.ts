import type { Picture } from '#worker/pipelines/raster/size';
import type { Planes } from '../planes.ts';

/**
 * What each of the four channels adds to red, green and blue, -1..1: a fit by the user keturn, Hugging Face forum, “Decoding
 * latents to RGB without upscaling”, 2022.
 */
const FACTORS = [
  [0.298, 0.207, 0.208],
  [0.187, 0.286, 0.173],
  [-0.158, 0.189, 0.264],
  [-0.184, -0.271, -0.473],
] as const;

/** What latents roughly look like, one pixel for each; noisy ones give a noisy picture. */
export function latentPicture({ width, height, data }: Planes): Picture {
  const pixels = width * height;
  const rgb = new Uint8ClampedArray(pixels * 3);
  for (let at = 0; at < pixels; at++) {
    for (let colour = 0; colour < 3; colour++) {
      const value = FACTORS.reduce((sum, factors, i) => sum + factors[colour]! * data[i * pixels + at]!, 0);
      rgb[at * 3 + colour] = (value + 1) * 127.5;
    }
  }
  return { width, height, rgb: new Uint8Array(rgb.buffer) };
}
