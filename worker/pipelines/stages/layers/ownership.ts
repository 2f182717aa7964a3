import { boxMean } from '#worker/pipelines/raster/box-mean';
import { fitWithin, type Plane, type Size } from '#worker/pipelines/raster/size';

/** Long side at which it is settled which layer goes on under a nearer one. Nothing of it shows at rest. */
const WORKING_SIDE = 512;
/** Blur where two layers meet under a nearer one, in pixels of that size. */
const SOFTNESS = 2;
const UNREACHED = 0x3fffffff;

/** A band map small enough to ask for the nearest band of every pixel. */
export interface SmallBands extends Size {
  of: Uint8Array;
}

export function sampleBands(bands: Uint8Array, from: Size): SmallBands {
  const { width, height } = fitWithin(from, WORKING_SIDE);
  const of = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * from.height) / height) * from.width;
    for (let x = 0; x < width; x++) {
      of[y * width + x] = bands[row + Math.floor(((x + 0.5) * from.width) / width)]!;
    }
  }
  return { width, height, of };
}

/**
 * How much layer k goes on at each pixel when everything nearer is taken away, 0..1: where the nearest pixel that is
 * still visible belongs to it. So a nearer layer that moves aside uncovers the layer that it borders on, and what lies
 * behind that one only where the two meet.
 */
export function ownership(bands: SmallBands, k: number): Plane {
  const nearest = nearestVisible(bands, k);
  const data = Float32Array.from(nearest, (band) => (band === k ? 1 : 0));
  return boxMean(boxMean({ width: bands.width, height: bands.height, data }, SOFTNESS), SOFTNESS);
}

/** The band of the nearest pixel whose band is at most k, by two passes of the 3-4 chamfer metric. */
function nearestVisible({ width, height, of }: SmallBands, k: number): Uint8Array {
  const label = of.slice();
  const distance = Int32Array.from(of, (band) => (band <= k ? 0 : UNREACHED));
  const look = (at: number, x: number, y: number, dx: number, dy: number) => {
    if (x + dx < 0 || x + dx >= width || y + dy < 0 || y + dy >= height) return;
    const from = at + dy * width + dx;
    const through = distance[from]! + (dx !== 0 && dy !== 0 ? 4 : 3);
    if (through >= distance[at]!) return;
    distance[at] = through;
    label[at] = label[from]!;
  };
  const pass = (at: number, towards: 1 | -1) => {
    if (distance[at] === 0) return;
    const x = at % width;
    const y = Math.floor(at / width);
    look(at, x, y, -towards, 0);
    for (const dx of [-1, 0, 1]) look(at, x, y, dx, -towards);
  };
  for (let at = 0; at < label.length; at++) pass(at, 1);
  for (let at = label.length - 1; at >= 0; at--) pass(at, -1);
  return label;
}
