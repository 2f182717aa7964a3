import type { Size } from '#worker/pipelines/raster/size';

/** The UNet halves its latents three times, and these are an eighth of the picture's size. */
const MULTIPLE = 64;
/** What it was trained at, and how far the long side may go beyond: things come twice in pictures that are much larger. */
const SHORT_SIDE = 512;
const LONG_SIDE = 768;

/** The size that a photo is painted at, nearly of its shape; larger than itself where it is small. */
export function workingSize({ width, height }: Size): Size {
  const scale = Math.min(SHORT_SIDE / Math.min(width, height), LONG_SIDE / Math.max(width, height));
  const fitted = (side: number) => MULTIPLE * Math.max(1, Math.round((side * scale) / MULTIPLE));
  return { width: fitted(width), height: fitted(height) };
}
