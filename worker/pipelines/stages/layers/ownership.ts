import { boxMean } from '#worker/pipelines/raster/box-mean';
import { nearestLabel } from '#worker/pipelines/raster/nearest-label';
import { fitWithin, type Plane, type Size } from '#worker/pipelines/raster/size';

/** Long side at which it is settled which layer goes on under a nearer one. Nothing of it shows at rest. */
const WORKING_SIDE = 512;
/** Blur where two layers meet under a nearer one, in pixels of that size. */
const SOFTNESS = 2;

/** A band map small enough to ask for the nearest band of every pixel. */
export interface SmallBands extends Size {
  of: Uint8Array;
}

export function sampleBands(bands: Uint8Array, from: Size): SmallBands {
  const size = fitWithin(from, WORKING_SIDE);
  return { ...size, of: bandsAt(bands, from, size) };
}

/** A band map at a smaller size: what lies in the middle of each of its pixels. */
export function bandsAt(bands: Uint8Array, from: Size, { width, height }: Size): Uint8Array {
  const of = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * from.height) / height) * from.width;
    for (let x = 0; x < width; x++) {
      of[y * width + x] = bands[row + Math.floor(((x + 0.5) * from.width) / width)]!;
    }
  }
  return of;
}

/**
 * How much layer k goes on at each pixel when everything nearer is taken away, 0..1: where the nearest pixel that is
 * still visible belongs to it. So a nearer layer that moves aside uncovers the layer that it borders on, and what lies
 * behind that one only where the two meet. The farthest layer goes on everywhere.
 */
export function ownership(bands: SmallBands, k: number): Plane {
  const { width, height, of } = bands;
  const nearest = nearestLabel(of, bands, (band) => band <= k);
  const data = new Float32Array(nearest.length);
  for (let i = 0; i < data.length; i++) data[i] = nearest[i] === k || k === 1 ? 1 : 0;
  return boxMean(boxMean({ width, height, data }, SOFTNESS), SOFTNESS);
}
