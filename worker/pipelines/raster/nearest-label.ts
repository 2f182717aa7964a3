import { CORNER_UNITS, UNITS_PER_PIXEL } from './distance.ts';
import type { Size } from './size.ts';

const UNREACHED = 0x3fffffff;

/**
 * For every pixel the label of the nearest pixel whose label `spreads`, by two passes of the 3-4 chamfer metric (see
 * distance.ts), without a limit to the distance. Those pixels keep their own, and so do all where none spreads.
 */
export function nearestLabel<Labels extends Uint8Array | Int32Array>(
  labels: Labels,
  size: Size,
  spreads: (label: number) => boolean,
): Labels {
  const nearest = labels.slice() as Labels;
  const distance = new Int32Array(labels.length);
  for (let i = 0; i < distance.length; i++) distance[i] = spreads(labels[i]!) ? 0 : UNREACHED;
  for (let y = 0; y < size.height; y++) spreadInto(nearest, distance, size, y, 1);
  for (let y = size.height - 1; y >= 0; y--) spreadInto(nearest, distance, size, y, -1);
  return nearest;
}

/** Let one row take labels from the row before it and along itself; `towards`: 1 downwards and right, -1 the other way. */
function spreadInto(
  nearest: Uint8Array | Int32Array,
  distance: Int32Array,
  { width, height }: Size,
  y: number,
  towards: 1 | -1,
): void {
  const hasBefore = y - towards >= 0 && y - towards < height;
  const [first, last] = towards === 1 ? [0, width - 1] : [width - 1, 0];
  for (let x = first; x !== last + towards; x += towards) {
    const at = y * width + x;
    const before = at - towards * width;
    let least = distance[at]!;
    let from = at;
    if (x !== first && distance[at - towards]! + UNITS_PER_PIXEL < least) {
      from = at - towards;
      least = distance[from]! + UNITS_PER_PIXEL;
    }
    if (hasBefore && x > 0 && distance[before - 1]! + CORNER_UNITS < least) {
      from = before - 1;
      least = distance[from]! + CORNER_UNITS;
    }
    if (hasBefore && distance[before]! + UNITS_PER_PIXEL < least) {
      from = before;
      least = distance[from]! + UNITS_PER_PIXEL;
    }
    if (hasBefore && x < width - 1 && distance[before + 1]! + CORNER_UNITS < least) {
      from = before + 1;
      least = distance[from]! + CORNER_UNITS;
    }
    distance[at] = least;
    nearest[at] = nearest[from]!;
  }
}
