import { distanceTo, UNITS_PER_PIXEL } from '#worker/pipelines/raster/distance';
import { scaledLength, type Size } from '#worker/pipelines/raster/size';

/** How far what a nearer layer hides reaches beyond it, at 1 MP: the width of a soft edge in a sharp photo. */
const RING_PIXELS = 3.5;

/** Width of the ring around nearer layers, in the units of `distanceTo`, for a picture of this size. */
export function ringWidth(size: Size): number {
  return Math.min(250, Math.round(UNITS_PER_PIXEL * Math.max(2.5, scaledLength(size, RING_PIXELS))));
}

/**
 * Distance of every pixel to what lies nearer than layer k, in the units of `distanceTo`. What layer k has to
 * invent (`hidden_k`) is where this is at most `ringWidth`.
 */
export function distanceToNearer(bands: Uint8Array, k: number, size: Size): Uint8Array {
  return distanceTo((i) => bands[i]! > k, size);
}
