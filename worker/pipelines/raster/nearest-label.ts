import { CORNER_UNITS, UNITS_PER_PIXEL } from './distance.ts';
import type { Size } from './size.ts';

const UNREACHED = 0x3fffffff;

/**
 * For every pixel the label of the nearest pixel whose label `spreads`, by two passes of the 3-4 chamfer metric (see
 * distance.ts), without a limit to the distance. Those pixels keep their own, and so do all where none spreads.
 */
export function nearestLabel<Labels extends Uint8Array | Int32Array>(
  labels: Labels,
  { width, height }: Size,
  spreads: (label: number) => boolean,
): Labels {
  const nearest = labels.slice() as Labels;
  const distance = Int32Array.from(labels, (label) => (spreads(label) ? 0 : UNREACHED));
  const look = (at: number, x: number, y: number, dx: number, dy: number) => {
    if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) return;
    const from = at + dy * width + dx;
    const through = distance[from]! + (dx !== 0 && dy !== 0 ? CORNER_UNITS : UNITS_PER_PIXEL);
    if (through >= distance[at]!) return;
    distance[at] = through;
    nearest[at] = nearest[from]!;
  };
  const pass = (at: number, towards: 1 | -1) => {
    if (distance[at] === 0) return;
    const x = at % width;
    const y = Math.floor(at / width);
    look(at, x, y, -towards, 0);
    for (let dx = -1; dx <= 1; dx++) look(at, x, y, dx, -towards);
  };
  for (let at = 0; at < nearest.length; at++) pass(at, 1);
  for (let at = nearest.length - 1; at >= 0; at--) pass(at, -1);
  return nearest;
}
