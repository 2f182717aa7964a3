import { bins, enlargeRow, sampling } from './resample.ts';
import type { Picture, Size } from './size.ts';

/** Pixels along each side of a block of the finest level: what is smooth needs no more. */
const BLOCK = 4;

/** Mean colours of one pyramid level, and how much is known of each, 0..1. */
interface Level extends Size {
  /** Red, green and blue. */
  colours: Float32Array[];
  weight: Float32Array;
}

/** Smooth colours over a picture, made of some of its pixels. */
export interface ColourField {
  /** The red, green and blue (0..255) of row y, into three rows of the picture's width. */
  readRow(y: number, into: readonly Float32Array[]): void;
}

/**
 * The colours of the pixels that are known, spread over all the others: the pull-push interpolation of Gortler et al.,
 * "The Lumigraph", 1996. Means of known pixels are pulled up a pyramid of halved sizes, then pushed down into the gaps.
 * `weightOf`: how much of a pixel is known, 0..1.
 */
export function spreadColours(picture: Picture, weightOf: (index: number) => number): ColourField {
  const levels = [blocksOf(picture, weightOf)];
  for (let level = levels[0]!; level.width > 1 || level.height > 1; level = levels.at(-1)!)
    levels.push(pull(level));
  for (let i = levels.length - 2; i >= 0; i--) push(levels[i + 1]!, levels[i]!);
  return fieldOf(levels[0]!, picture);
}

/** Smooth colours for the pixels that are not known. Returns a new picture; known pixels are as they were. */
export function diffuseColours(picture: Picture, isKnown: (index: number) => boolean): Uint8Array {
  const field = spreadColours(picture, (i) => (isKnown(i) ? 1 : 0));
  const filled = picture.rgb.slice();
  const row = [0, 1, 2].map(() => new Float32Array(picture.width));
  for (let y = 0, i = 0; y < picture.height; y++) {
    field.readRow(y, row);
    for (let x = 0; x < picture.width; x++, i++) {
      if (isKnown(i)) continue;
      for (let c = 0; c < 3; c++) filled[i * 3 + c] = Math.round(row[c]![x]!);
    }
  }
  return filled;
}

/** Weighted means of the pixels in each block. */
function blocksOf({ width, height, rgb }: Picture, weightOf: (index: number) => number): Level {
  const level = emptyLevel(Math.ceil(width / BLOCK), Math.ceil(height / BLOCK));
  const columns = bins(width, level.width);
  const rows = bins(height, level.height);
  const [red, green, blue] = level.colours as [Float32Array, Float32Array, Float32Array];
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const weight = weightOf(i);
      if (weight === 0) continue;
      const to = rows[y]! * level.width + columns[x]!;
      level.weight[to]! += weight;
      red[to]! += weight * rgb[i * 3]!;
      green[to]! += weight * rgb[i * 3 + 1]!;
      blue[to]! += weight * rgb[i * 3 + 2]!;
    }
  }
  return toMeans(level);
}

/** The level above: half the size, every pixel the weighted mean of the up to four it stands for. */
function pull({ width, height, colours, weight }: Level): Level {
  const above = emptyLevel(Math.ceil(width / 2), Math.ceil(height / 2));
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const to = (y >> 1) * above.width + (x >> 1);
      above.weight[to]! += weight[i]!;
      for (let c = 0; c < 3; c++) above.colours[c]![to]! += weight[i]! * colours[c]![i]!;
    }
  }
  return toMeans(above);
}

function emptyLevel(width: number, height: number): Level {
  const plane = () => new Float32Array(width * height);
  return { width, height, colours: [plane(), plane(), plane()], weight: plane() };
}

/** Turn sums into means; one known pixel is as good as many. */
function toMeans(level: Level): Level {
  for (let i = 0; i < level.weight.length; i++) {
    const share = level.weight[i]!;
    if (share > 0) for (const sums of level.colours) sums[i]! /= share;
    level.weight[i] = Math.min(1, share);
  }
  return level;
}

/** Fill what a level does not know with the level above, enlarged. */
function push(above: Level, level: Level): void {
  const field = fieldOf(above, level);
  const row = [0, 1, 2].map(() => new Float32Array(level.width));
  for (let y = 0, i = 0; y < level.height; y++) {
    field.readRow(y, row);
    for (let x = 0; x < level.width; x++, i++) {
      const known = level.weight[i]!;
      if (known === 1) continue;
      for (let c = 0; c < 3; c++) {
        const colour = level.colours[c]!;
        colour[i] = colour[i]! * known + row[c]![x]! * (1 - known);
      }
    }
  }
}

/** The bilinearly enlarged colours of a level. */
function fieldOf({ width, height, colours }: Level, to: Size): ColourField {
  const columns = sampling(width, to.width);
  const rows = sampling(height, to.height);
  const planes = colours.map((data) => ({ width, height, data }));
  return {
    readRow(y, into) {
      planes.forEach((plane, c) => enlargeRow(plane, { columns, rows, y }, into[c]!));
    },
  };
}
