import { boxMean } from '#worker/pipelines/raster/box-mean';
import { mean } from '#worker/pipelines/raster/levels';
import type { Plane, Size } from '#worker/pipelines/raster/size';
import { disparityOf } from './geometry.ts';
import { RELIEF_STEP, reliefSize } from './scene.ts';

/** What is known of a picture's depth. */
export interface Depths extends Size {
  /** 16-bit nearness, 65535 = nearest. */
  nearness: Uint16Array;
  /** Layer of each pixel, 1 = farthest. */
  bands: Uint8Array;
}

/** How far beyond a sheet's own depths a slope is followed into its neighbours, in nearness. */
const BEYOND = 0.08;
/** Change of nearness within a sample's reach that is the edge of a thing and no slope. */
const STEP = 0.06;
/** What is trusted of a sample at the edge of a thing, where depth is least sure. */
const TRUST_AT_EDGE = 0.02;
/** Of a window, the share that has to be known for it to be gone by alone, and for it to have any say. */
const ENOUGH_KNOWN = 4;
const LEAST_KNOWN = 1e-4;
/** Samples over which the relief is smoothed, twice. */
const SMOOTHNESS = 1;

/** The most that nearness rises over the picture's long side, were it to rise all the way. */
const STEEPEST = 3.5;

/** Nearness that a sheet spans. */
export interface Span {
  far: number;
  near: number;
}

/**
 * Disparity of a sheet at every sample of the picture: its own depth where it has any, and a smooth continuation under
 * and beside it. Depths of other things have no say in it: a sheet that took a neighbour's would be stretched towards it
 * like rubber. Only where depth goes on without a step, as on a floor, are a neighbour's a little beyond followed, so
 * that two sheets move alike where they meet.
 */
export function reliefOf(depths: Depths, band: number, span: Span): Float32Array {
  const size = reliefSize(depths);
  const values = new Float32Array(size.width * size.height);
  const weights = new Float32Array(values.length);
  for (let y = 0, i = 0; y < size.height; y++) {
    for (let x = 0; x < size.width; x++, i++) {
      const { mean, weight } = sampleAround(depths, band, span, { x: x * RELIEF_STEP, y: y * RELIEF_STEP });
      values[i] = mean;
      weights[i] = weight;
    }
  }
  const spread = spreadOver({ ...size, data: values }, { ...size, data: weights });
  const smooth = gentleSlopes(boxMean(boxMean(spread, SMOOTHNESS), SMOOTHNESS));
  const relief = new Float32Array(new SharedArrayBuffer(4 * values.length));
  for (let i = 0; i < relief.length; i++) relief[i] = disparityOf(smooth.data[i]!);
  return relief;
}

/**
 * Values where they are known, and from ever further around where they are not: means over windows of halving sizes
 * (normalised convolution, Knutsson & Westin, 1993), each replaced by the next as far as that one knows anything.
 */
function spreadOver(values: Plane, weights: Plane): Plane {
  const weighted = { ...values, data: values.data.map((value, i) => value * weights.data[i]!) };
  const data = new Float32Array(values.data.length).fill(
    mean(weighted.data) / Math.max(1e-6, mean(weights.data)),
  );
  for (const radius of radiiFor(values)) {
    const sums = boxMean(weighted, radius).data;
    const known = boxMean(weights, radius).data;
    for (let i = 0; i < data.length; i++) {
      if (known[i]! < LEAST_KNOWN) continue;
      const share = Math.min(1, ENOUGH_KNOWN * known[i]!);
      data[i]! += share * (sums[i]! / known[i]! - data[i]!);
    }
  }
  return { ...values, data };
}

/** Half of a picture's side, and half of that, down to a single sample. */
function radiiFor({ width, height }: Size): number[] {
  const radii = [0];
  for (let radius = 1; radius < Math.max(width, height) / 2; radius *= 2) radii.unshift(radius);
  return radii;
}

/**
 * The same with no slope above STEEPEST: halfway between the largest surface below it and the smallest above it of which
 * that holds. Where a camera moved what is near past what is far on one sheet, it would fold.
 */
function gentleSlopes(plane: Plane): Plane {
  const rise = STEEPEST / Math.max(plane.width, plane.height);
  const below = lowered(plane.data, plane, rise);
  const above = lowered(
    plane.data.map((value) => -value),
    plane,
    rise,
  );
  return { ...plane, data: below.map((value, i) => (value - above[i]!) / 2) };
}

/** The largest surface below another that rises by at most `rise` from sample to sample: two sweeps, as for distances. */
function lowered(values: Float32Array, { width, height }: Size, rise: number): Float32Array {
  const low = values.slice();
  const pull = (at: number, from: number, by: number) => {
    const most = low[from]! + by;
    if (low[at]! > most) low[at] = most;
  };
  const sweep = (at: number, towards: 1 | -1) => {
    const x = at % width;
    const isFirst = towards === 1 ? x === 0 : x === width - 1;
    const isLast = towards === 1 ? x === width - 1 : x === 0;
    const row = at - towards * width;
    if (!isFirst) pull(at, at - towards, rise);
    if (row < 0 || row >= width * height) return;
    pull(at, row, rise);
    if (!isFirst) pull(at, row - towards, rise * Math.SQRT2);
    if (!isLast) pull(at, row + towards, rise * Math.SQRT2);
  };
  for (let at = 0; at < low.length; at++) sweep(at, 1);
  for (let at = low.length - 1; at >= 0; at--) sweep(at, -1);
  return low;
}

interface Sample {
  mean: number;
  /** 0..1. */
  weight: number;
}

/** What a sheet has of its own around a pixel. */
function sampleAround(
  { width, height, nearness, bands }: Depths,
  band: number,
  { far, near }: Span,
  { x, y }: { x: number; y: number },
): Sample {
  const reach = RELIEF_STEP / 2;
  let [sum, count, ownSum, ownCount, least, most] = [0, 0, 0, 0, 1, 0];
  for (let row = Math.max(0, y - reach); row <= Math.min(height - 1, y + reach); row++) {
    for (let column = Math.max(0, x - reach); column <= Math.min(width - 1, x + reach); column++) {
      const i = row * width + column;
      const value = nearness[i]! / 65535;
      least = Math.min(least, value);
      most = Math.max(most, value);
      if (value < far - BEYOND || value > near + BEYOND) continue;
      sum += value;
      count++;
      if (bands[i] !== band) continue;
      ownSum += value;
      ownCount++;
    }
  }
  const isEdge = most - least > STEP;
  if (isEdge) return { mean: ownSum / Math.max(1, ownCount), weight: ownCount > 0 ? TRUST_AT_EDGE : 0 };
  return { mean: sum / Math.max(1, count), weight: count > 0 ? 1 : 0 };
}
