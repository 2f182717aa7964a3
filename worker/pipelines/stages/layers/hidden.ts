import { distanceTo, UNITS_PER_PIXEL } from '#worker/pipelines/raster/distance';
import { scaledLength, type Size } from '#worker/pipelines/raster/size';

/** The ring around nearer things, where their colours mix with what is behind: how it is filled. */
export interface Rim {
  /** How far what a nearer layer hides reaches beyond it, in pixels at 1 MP. */
  width: number;
  /** How much further the fill is made, in pixels of its own size. */
  margin: number;
  /** Share of the width from which on the photo shows again. */
  shows: number;
  /** Differences to the fill, in levels, that are grain and not a nearer thing's colour. */
  grain: number;
}

/** For layers to be had one by one: as wide as a soft edge in a sharp photo, with the photo's own grain where it can be. */
export const STILL_RIM: Rim = { width: 3.5, margin: 1, shows: 0.5, grain: 6 };

/**
 * For layers that a camera moves apart: what stays of a soft edge behind a thing that has moved on shows as a line, so the
 * ring is wider and nothing but fill, up to where that runs into the photo.
 */
export const MOVED_RIM: Rim = { width: 7, margin: 0, shows: 0.9, grain: 0.5 };

/** Width of the ring around nearer layers, in the units of `distanceTo`, for a picture of this size. */
export function ringWidth(size: Size, { width }: Rim): number {
  return Math.min(250, Math.round(UNITS_PER_PIXEL * Math.max(2.5, scaledLength(size, width))));
}

/**
 * Distance of every pixel to what lies nearer than layer k, in the units of `distanceTo`. What layer k has to
 * invent (`hidden_k`) is where this is at most `ringWidth`.
 */
export function distanceToNearer(bands: Uint8Array, k: number, size: Size): Uint8Array {
  return distanceTo((i) => bands[i]! > k, size);
}
