import { distanceTo } from '#worker/pipelines/raster/distance';
import { extremesAround } from '#worker/pipelines/raster/extremes';
import type { Picture, Plane } from '#worker/pipelines/raster/size';
import type { Depths } from './relief.ts';

/** Change of nearness around a pixel below which depth goes on there without a step. */
const STEP = 0.06;
/** Pixels that are looked at around it, and width of a seam, in units of `distanceTo`. */
const AROUND = 6;
const SEAM = 18;

/**
 * Where two sheets meet on one surface, such as a floor that goes from the one to the other, there is nothing hidden to
 * be filled: both get the photo there, so that the seam shows nothing else when they move by a little more and less.
 * Returns what puts the photo into the fill of sheet k, in place, along such seams.
 */
export function seamless(depths: Depths, photo: Picture): (fill: Uint8Array, k: number) => void {
  const isSmooth = smoothness(depths);
  return (fill, k) => {
    const toOwn = distanceTo((i) => depths.bands[i] === k, depths);
    for (let i = 0; i < isSmooth.length; i++) {
      if (isSmooth[i] === 0 || toOwn[i]! > SEAM) continue;
      for (let at = i * 3; at < i * 3 + 3; at++) fill[at] = photo.rgb[at]!;
    }
  };
}

/** 1 where depth has no step nearby. */
function smoothness({ width, height, nearness }: Depths): Uint8Array {
  const plane: Plane = { width, height, data: Float32Array.from(nearness, (value) => value / 65535) };
  const { least, most } = extremesAround(plane, AROUND);
  return Uint8Array.from(least, (value, i) => (most[i]! - value < STEP ? 1 : 0));
}
