import { boxMean } from '#worker/pipelines/raster/box-mean';
import { smoothstep } from '#worker/pipelines/raster/levels';
import type { Plane } from '#worker/pipelines/raster/size';

/** Half the side of the window that is looked at around each pixel. */
const RADIUS = 3;
/** Deviation of lightness in it (0..1) below which it is even, and above which it is full of things. */
const EVEN = 0.01;
const BUSY = 0.035;

/** How much there is to see around each pixel, 0 (an even area such as a sky) to 1, of its lightness 0..1. */
export function activityOf(light: Plane): Plane {
  const means = boxMean(light, RADIUS).data;
  const squares = boxMean({ ...light, data: light.data.map((value) => value * value) }, RADIUS).data;
  const data = squares.map((square, i) =>
    smoothstep(EVEN, BUSY, Math.sqrt(Math.max(0, square - means[i]! ** 2))),
  );
  return boxMean({ ...light, data }, RADIUS);
}
