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
    level.weight[to]! += 1;
    level.colours.forEach((sums, c) => (sums[to]! += rgb[i * 3 + c]!));
  }
  return toMeans(level);
}

/** The level above: half the size, every pixel the weighted mean of the up to four it stands for. */
function pull({ width, height, colours, weight }: Level): Level {
  const above = emptyLevel(Math.ceil(width / 2), Math.ceil(height / 2));
  for (let i = 0; i < weight.length; i++) {
    const to = (Math.floor(i / width) >> 1) * above.width + ((i % width) >> 1);
    above.weight[to]! += weight[i]!;
    above.colours.forEach((sums, c) => (sums[to]! += weight[i]! * colours[c]![i]!));
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
  sampleEach(above, level, (i, channel, value) => {
    const known = level.weight[i]!;
    const colour = level.colours[channel]!;
    if (known < 1) colour[i] = colour[i]! * known + value * (1 - known);
  });
}

/** Hand out the bilinearly enlarged colours of a level, for each pixel of another size and each channel. */
function sampleEach(
  { width, height, colours }: Level,
  to: Size,
  take: (index: number, channel: number, value: number) => void,
): void {
  const columns = sampling(width, to.width);
  const rows = sampling(height, to.height);
  const row = new Float32Array(to.width);
  for (let y = 0; y < to.height; y++) {
    for (const [channel, data] of colours.entries()) {
      enlargeRow({ width, height, data }, { columns, rows, y }, row);
      for (let x = 0; x < to.width; x++) take(y * to.width + x, channel, row[x]!);
    }
  }
}
