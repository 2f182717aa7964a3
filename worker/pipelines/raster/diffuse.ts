import { bins, sampling } from './resample.ts';
import type { Size } from './size.ts';

/** Pixels along each side of a block of the finest level: what is smooth needs no more. */
const BLOCK = 4;

/** Interleaved 8-bit RGB with its size. */
interface Picture extends Size {
  rgb: Uint8Array;
}

/** Mean colours of one pyramid level, and how much is known of each, 0..1. */
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
  const levels = [blocksOf(picture, isKnown)];
  for (let level = levels[0]!; level.width > 1 || level.height > 1; level = levels.at(-1)!)
    levels.push(pull(level));
  for (let i = levels.length - 2; i >= 0; i--) push(levels[i + 1]!, levels[i]!);
  const filled = picture.rgb.slice();
  sampleEach(levels[0]!, picture, (i, channel, value) => {
    if (!isKnown(i)) filled[i * 3 + channel] = Math.round(value);
  });
  return filled;
}

/** Means of the known pixels in each block. */
function blocksOf({ width, height, rgb }: Picture, isKnown: (index: number) => boolean): Level {
  const level = emptyLevel(Math.ceil(width / BLOCK), Math.ceil(height / BLOCK));
  const columns = bins(width, level.width);
  const rows = bins(height, level.height);
  for (let i = 0; i < width * height; i++) {
    if (!isKnown(i)) continue;
    const to = rows[Math.floor(i / width)]! * level.width + columns[i % width]!;
    addColour(level, to, rgb, i, 1);
  }
  return toMeans(level);
}

/** The level above: half the size, every pixel the weighted mean of the up to four it stands for. */
function pull({ width, height, colour, weight }: Level): Level {
  const above = emptyLevel(Math.ceil(width / 2), Math.ceil(height / 2));
  for (let i = 0; i < weight.length; i++) {
    const to = (Math.floor(i / width) >> 1) * above.width + ((i % width) >> 1);
    addColour(above, to, colour, i, weight[i]!);
  }
  return toMeans(above);
}

function emptyLevel(width: number, height: number): Level {
  return {
    width,
    height,
    colour: new Float32Array(width * height * 3),
    weight: new Float32Array(width * height),
  };
}

function addColour(to: Level, at: number, from: ArrayLike<number>, index: number, share: number): void {
  to.weight[at]! += share;
  for (let c = 0; c < 3; c++) to.colour[at * 3 + c]! += share * from[index * 3 + c]!;
}

/** Turn sums into means; one known pixel is as good as many. */
function toMeans(level: Level): Level {
  for (let i = 0; i < level.weight.length; i++) {
    const share = level.weight[i]!;
    if (share > 0) for (let c = 0; c < 3; c++) level.colour[i * 3 + c]! /= share;
    level.weight[i] = Math.min(1, share);
  }
  return level;
}

/** Fill what a level does not know with the level above, enlarged. */
function push(above: Level, level: Level): void {
  sampleEach(above, level, (i, channel, value) => {
    const known = level.weight[i]!;
    if (known < 1)
      level.colour[i * 3 + channel] = level.colour[i * 3 + channel]! * known + value * (1 - known);
  });
}

/** Hand out the bilinearly enlarged colours of a level, for each pixel of another size and each channel. */
function sampleEach(
  level: Level,
  to: Size,
  take: (index: number, channel: number, value: number) => void,
): void {
  const columns = sampling(level.width, to.width);
  const rows = sampling(level.height, to.height);
  const { colour, width } = level;
  for (let y = 0; y < to.height; y++) {
    const top = rows.first[y]! * width;
    const low = rows.second[y]! * width;
    const down = rows.part[y]!;
    for (let x = 0; x < to.width; x++) {
      const across = columns.part[x]!;
      const left = columns.first[x]!;
      const right = columns.second[x]!;
      for (let c = 0; c < 3; c++) {
        const above = colour[(top + left) * 3 + c]! * (1 - across) + colour[(top + right) * 3 + c]! * across;
        const below = colour[(low + left) * 3 + c]! * (1 - across) + colour[(low + right) * 3 + c]! * across;
        take(y * to.width + x, c, above * (1 - down) + below * down);
      }
    }
  }
}
