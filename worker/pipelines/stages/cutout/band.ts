import { distanceTo, UNITS_PER_PIXEL } from '#worker/pipelines/raster/distance';
import type { Plane } from '#worker/pipelines/raster/size';

/** Opacities between these are not decided. */
const UNDECIDED = { from: 0.04, to: 0.96 };

/** 1 for pixels whose opacity is undecided, that border on the other side, or lie within `reach` pixels of such; else 0. */
export function undecidedBand(alpha: Plane, reach: number): Uint8Array {
  const band = distanceTo((i) => isUndecided(alpha, i), alpha);
  for (let i = 0; i < band.length; i++) band[i] = band[i]! <= reach * UNITS_PER_PIXEL ? 1 : 0;
  return band;
}

/** A hard edge has no opacities in between: there, both sides are undecided. */
function isUndecided({ width, data }: Plane, i: number): boolean {
  const value = data[i]!;
  if (value > UNDECIDED.from && value < UNDECIDED.to) return true;
  const isSubject = value > 0.5;
  const x = i % width;
  if (x > 0 && data[i - 1]! > 0.5 !== isSubject) return true;
  if (x < width - 1 && data[i + 1]! > 0.5 !== isSubject) return true;
  if (i >= width && data[i - width]! > 0.5 !== isSubject) return true;
  return i + width < data.length && data[i + width]! > 0.5 !== isSubject;
}
