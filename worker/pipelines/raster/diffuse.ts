import { sampling } from './resample.ts';
import type { Size } from './size.ts';

/** Interleaved 8-bit RGB with its size. */
interface Picture extends Size {
  rgb: Uint8Array;
}

/** Colour sums and how many pixels went into them, for each pixel of one pyramid level. */
interface Level extends Size {
  colour: Float32Array;
  weight: Float32Array;
}

/**
 * Smooth colours for the pixels that are not known, from all those that are: the pull-push interpolation of Gortler
 * et al., "The Lumigraph", 1996. Means of known pixels are pulled up a pyramid of halved sizes, then pushed down into
 * the gaps. Returns a new picture; known pixels are as they were.
 */
export function diffuseColours(picture: Picture, isKnown: (index: number) => boolean): Uint8Array {
  const levels = [finest(picture, isKnown)];
  for (let level = levels[0]!; level.width > 1 || level.height > 1; level = levels.at(-1)!)
    levels.push(pull(level));
  for (let i = levels.length - 2; i >= 0; i--) push(levels[i + 1]!, levels[i]!);
  const { colour } = levels[0]!;
  return picture.rgb.map((value, i) => (isKnown(Math.floor(i / 3)) ? value : Math.round(colour[i]!)));
}

function finest({ width, height, rgb }: Picture, isKnown: (index: number) => boolean): Level {
  const weight = Float32Array.from({ length: width * height }, (_, i) => (isKnown(i) ? 1 : 0));
  return { width, height, weight, colour: Float32Array.from(rgb) };
}

/** The level above: half the size, every pixel the weighted mean of the up to four it stands for. */
function pull({ width, height, colour, weight }: Level): Level {
  const half = { width: Math.ceil(width / 2), height: Math.ceil(height / 2) };
  const above = {
    ...half,
    colour: new Float32Array(half.width * half.height * 3),
    weight: new Float32Array(half.width * half.height),
  };
  for (let i = 0; i < weight.length; i++) {
    const to = (Math.floor(i / width) >> 1) * half.width + ((i % width) >> 1);
    const share = weight[i]!;
    above.weight[to]! += share;
    for (let c = 0; c < 3; c++) above.colour[to * 3 + c]! += share * colour[i * 3 + c]!;
  }
  for (let i = 0; i < above.weight.length; i++) {
    const share = above.weight[i]!;
    if (share > 0) for (let c = 0; c < 3; c++) above.colour[i * 3 + c]! /= share;
    above.weight[i] = Math.min(1, share);
  }
  return above;
}

/** Fill what a level does not know with the level above, bilinearly enlarged. */
function push(above: Level, level: Level): void {
  const columns = sampling(above.width, level.width);
  const rows = sampling(above.height, level.height);
  for (let y = 0; y < level.height; y++) {
    for (let x = 0; x < level.width; x++) {
      const i = y * level.width + x;
      const known = level.weight[i]!;
      if (known >= 1) continue;
      const across = columns.part[x]!;
      const down = rows.part[y]!;
      const topLeft = (rows.first[y]! * above.width + columns.first[x]!) * 3;
      const topRight = (rows.first[y]! * above.width + columns.second[x]!) * 3;
      const lowLeft = (rows.second[y]! * above.width + columns.first[x]!) * 3;
      const lowRight = (rows.second[y]! * above.width + columns.second[x]!) * 3;
      for (let c = 0; c < 3; c++) {
        const top = above.colour[topLeft + c]! * (1 - across) + above.colour[topRight + c]! * across;
        const low = above.colour[lowLeft + c]! * (1 - across) + above.colour[lowRight + c]! * across;
        level.colour[i * 3 + c] =
          level.colour[i * 3 + c]! * known + (top * (1 - down) + low * down) * (1 - known);
      }
      level.weight[i] = 1;
    }
  }
}
