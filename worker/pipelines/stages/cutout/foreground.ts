import type { Picture } from '#worker/pipelines/raster/size';
import { Sides } from './sides.ts';

/** How much, against the photo's own colour, those around count for a pixel that shows little of the subject. */
const DAMPING = 0.02;
/** How much say a pixel has in a side's colours, by its share of it (0..255): squared, for what is seen plainly tells more. */
const SAY = Float32Array.from({ length: 256 }, (_, opacity) => (opacity / 255) ** 2);

/**
 * The subject by itself, as RGBA with straight alpha: what shines through of the background where it is partly
 * transparent is taken out again. A pixel is some of the subject's colour and some of the background's. Both begin as
 * smooth fields spread from where they are seen plainly, and are moved as little as explains the pixel: the step that
 * Germer et al., "Fast Multi-Level Foreground Estimation", 2020, take at each pixel of their pyramid. Fully transparent
 * pixels are black. `opacity`: 0..255.
 */
export function cutOut(
  photo: Picture,
  opacity: Uint8Array,
  onRow: (y: number) => void = () => {},
): Uint8Array {
  const { width, height, rgb } = photo;
  const sides = new Sides(
    photo,
    (i) => SAY[opacity[i]!]!,
    (i) => SAY[255 - opacity[i]!]!,
  );
  const rgba = new Uint8Array(opacity.length * 4);
  for (let y = 0, i = 0; y < height; y++) {
    onRow(y);
    for (let x = 0; x < width; x++, i++) {
      const share = opacity[i]!;
      if (share === 0) continue;
      if (share < 255) sides.readRow(y);
      for (let c = 0; c < 3; c++) {
        const seen = rgb[i * 3 + c]!;
        rgba[i * 4 + c] =
          share === 255
            ? seen
            : subjectOf(seen, share / 255, sides.subject[c]![x]!, sides.background[c]![x]!);
      }
      rgba[i * 4 + 3] = share;
    }
  }
  return rgba;
}

/** One channel of the subject's colour, where it makes up `alpha` (0..1) of what is seen. */
function subjectOf(seen: number, alpha: number, subject: number, background: number): number {
  const unexplained = seen - alpha * subject - (1 - alpha) * background;
  const moved = subject + (alpha * unexplained) / (alpha ** 2 + (1 - alpha) ** 2 + DAMPING);
  return Math.round(Math.min(255, Math.max(0, moved)));
}
