import { boxMean } from '#worker/pipelines/raster/box-mean';
import { lightness } from '#worker/pipelines/raster/colour';
import { connectedComponents } from '#worker/pipelines/raster/components';
import { majorityAround } from '#worker/pipelines/raster/majority';
import { absorbSpecks } from '#worker/pipelines/raster/specks';
import { mean, smoothstep } from '#worker/pipelines/raster/levels';
import type { Picture, Plane } from '#worker/pipelines/raster/size';

/** Brightness change a pixel (0..1) that an even area may have. */
const EVEN = 0.035;
/** Share of the picture, and of its top row, below which an even area is not taken for a sky. */
const LEAST_AREA = 0.04;
const LEAST_TOP = 0.2;
/** Share of the picture below which a gap in the sky, or a patch of it, is none. */
const SPECK_SHARE = 0.01;
/** Pixels over which its outline is smoothed: what shows between branches or girders is not pushed back. */
const OUTLINE_RADIUS = 3;

/**
 * Large, even, bright or blue areas that touch the top edge: skies, and the bright backdrops that stand for one.
 * Gives 0..1 for each pixel, all 0 where there is no such area. Meant for pictures of some hundred pixels a side.
 */
export function findSky(photo: Picture): Plane {
  const { width, height } = photo;
  const grown = majorityAround(growFromTop(photo, candidates(photo)), photo, OUTLINE_RADIUS);
  absorbSpecks(grown, photo, SPECK_SHARE);
  const data = Float32Array.from(grown);
  const top = mean(data.subarray(0, width));
  if (mean(data) < LEAST_AREA || top < LEAST_TOP) data.fill(0);
  return boxMean({ width, height, data }, 1);
}

/** Whether there is a sky at all, which is to say that the photo was taken outdoors or before a backdrop. */
export function hasSky(sky: Plane): boolean {
  return mean(sky.data) >= LEAST_AREA / 2;
}

function candidates(photo: Picture): Uint8Array {
  const { width, height, rgb } = photo;
  const light = new Float32Array(width * height).map((_, i) => lightness(rgb, i));
  const even = boxMean({ width, height, data: slopes(light, width) }, 2).data;
  return Uint8Array.from(even, (slope, i) => {
    const red = rgb[i * 3]!;
    const green = rgb[i * 3 + 1]!;
    const blue = rgb[i * 3 + 2]!;
    const isBlue = blue > 1.15 * red && blue > 1.05 * green;
    return slope < EVEN && (isBlue || light[i]! > 0.55) ? 1 : 0;
  });
}

function slopes(light: Float32Array, width: number): Float32Array {
  return light.map((value, i) => {
    const right = (i + 1) % width === 0 ? 0 : light[i + 1]! - value;
    const down = i + width < light.length ? light[i + width]! - value : 0;
    return Math.abs(right) + Math.abs(down);
  });
}

/** The candidates that hang together with the top row. */
function growFromTop(photo: Picture, candidate: Uint8Array): Uint8Array {
  const { of, labels } = connectedComponents(candidate, photo);
  const atTop = new Set(of.subarray(0, photo.width));
  return Uint8Array.from(of, (component) => (labels[component] === 1 && atTop.has(component) ? 1 : 0));
}

/** Push the sky behind everything: nearness 0 where it is sure, as it was where there is none. */
export function pushSkyBack(nearness: Plane, sky: Plane): Plane {
  return {
    ...nearness,
    data: nearness.data.map((value, i) => value * (1 - smoothstep(0.3, 0.9, sky.data[i]!))),
  };
}
