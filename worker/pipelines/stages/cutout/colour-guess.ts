import { smoothstep } from '#worker/pipelines/raster/levels';
import type { Picture } from '#worker/pipelines/raster/size';
import { Sides } from './sides.ts';

/** What colours alone say of some pixels: the opacity each seems to have, and how far to trust that; both 0..1. */
export interface ColourGuess {
  alpha: Float32Array;
  trust: Float32Array;
}

/** Distance of two colours (0..442) up to which they do not tell subject from background, and from which they do. */
const CONTRAST = { from: 20, to: 90 };
/** Distance from all that the two can mix, at which there is a third thing rather than a mixture. */
const FOREIGN = 18;

/**
 * How much of each undecided pixel is subject, going by the colours that subject and background have around there: the
 * data term of Wang & Cohen, "Optimized Color Sampling for Robust Matting", 2007, with smooth fields of colour in place
 * of its samples. `pixels` in reading order; `isUnknown` is 1 for them, and for all whose `alpha` is not known.
 */
export function guessByColour(
  photo: Picture,
  alpha: Float32Array,
  isUnknown: Uint8Array,
  pixels: Int32Array,
): ColourGuess {
  const sides = new Sides(
    photo,
    (i) => (isUnknown[i] === 1 ? 0 : alpha[i]!),
    (i) => (isUnknown[i] === 1 ? 0 : 1 - alpha[i]!),
  );
  const guess = { alpha: new Float32Array(pixels.length), trust: new Float32Array(pixels.length) };
  for (const [k, pixel] of pixels.entries()) {
    sides.readRow(Math.floor(pixel / photo.width));
    const { share, residual, contrast } = unmix(photo.rgb, pixel, sides, pixel % photo.width);
    guess.alpha[k] = share;
    guess.trust[k] =
      Math.exp(-residual / (2 * FOREIGN ** 2)) * smoothstep(CONTRAST.from, CONTRAST.to, Math.sqrt(contrast));
  }
  return guess;
}

/** The mixture nearest to a pixel's colour: its share of subject, and the squared distance that is left. */
function unmix(rgb: Uint8Array, pixel: number, { subject, background }: Sides, x: number) {
  let along = 0;
  let contrast = 0;
  let whole = 0;
  for (let c = 0; c < 3; c++) {
    const behind = background[c]![x]!;
    const span = subject[c]![x]! - behind;
    const at = rgb[pixel * 3 + c]! - behind;
    along += span * at;
    contrast += span * span;
    whole += at * at;
  }
  const share = Math.min(1, Math.max(0, along / Math.max(1, contrast)));
  return { share, residual: whole - 2 * share * along + share * share * contrast, contrast };
}
