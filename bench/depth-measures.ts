import { boxMean } from '#worker/pipelines/raster/box-mean';
import { lightness } from '#worker/pipelines/raster/colour';
import { distanceTo, UNITS_PER_PIXEL } from '#worker/pipelines/raster/distance';
import { quantile } from '#worker/pipelines/raster/levels';
import type { Picture, Plane } from '#worker/pipelines/raster/size';

/** Share of the local maxima of a photo's gradient that counts as its edges: the strongest ones. */
const STRONGEST = 0.25;
/** Pixels a depth change may lie beside a photo edge and still follow it. */
const NEAR = 2;

/** Ranks 0..1 of values; equal values share the mean of their ranks. */
export function rank(values: Float32Array): Float32Array {
  const order = Uint32Array.from({ length: values.length }, (_, i) => i).sort(
    (a, b) => values[a]! - values[b]!,
  );
  const ranks = new Float32Array(values.length);
  for (let start = 0; start < order.length;) {
    let end = start;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++)
      ranks[order[i]!] = (start + end - 1) / 2 / Math.max(1, values.length - 1);
    start = end;
  }
  return ranks;
}

/** Spearman's rank correlation, -1..1: whether two depth maps put things into the same order, whatever their scales. */
export function rankCorrelation(a: Float32Array, b: Float32Array): number {
  const x = rank(a);
  const y = rank(b);
  let [xy, xx, yy] = [0, 0, 0];
  for (let i = 0; i < x.length; i++) {
    xy += (x[i]! - 0.5) * (y[i]! - 0.5);
    xx += (x[i]! - 0.5) ** 2;
    yy += (y[i]! - 0.5) ** 2;
  }
  return xy / Math.sqrt(xx * yy || 1);
}

/**
 * Of all change in a depth map, the share (0..1) that lies on the photo's own edges or within two pixels of one.
 *
 * Change is the length of the depth's gradient; as a share, it does not depend on the depth's scale. The photo's edges are the local maxima of its brightness gradient across their own direction (as in Canny,
 * 1986), the strongest quarter of them, as thin lines. A depth map that ignores the photo scores the share of the area
 * near those lines; one whose steps follow object edges scores towards 1.
 */
export function edgeAlignment(depth: Plane, photo: Picture): number {
  const change = gradientOf(depth).strength;
  const isEdge = edgesOf(photo);
  const toEdge = distanceTo((i) => isEdge[i] === 1, photo);
  let [near, all] = [0, 0];
  for (let i = 0; i < change.length; i++) {
    all += change[i]!;
    if (toEdge[i]! <= NEAR * UNITS_PER_PIXEL) near += change[i]!;
  }
  return all > 0 ? near / all : 0;
}

function edgesOf(photo: Picture): Uint8Array {
  const { width, height, rgb } = photo;
  const light = Float32Array.from({ length: width * height }, (_, i) => lightness(rgb, i));
  const { strength, dx, dy } = gradientOf(boxMean(boxMean({ width, height, data: light }, 1), 1));
  const isPeak = (i: number) => {
    const horizontal = Math.abs(dx[i]!) > Math.abs(dy[i]!);
    const step = horizontal ? 1 : width;
    return strength[i]! >= (strength[i - step] ?? 0) && strength[i]! > (strength[i + step] ?? 0);
  };
  const peaks = strength.map((value, i) => (isPeak(i) ? value : 0));
  const least = quantile(
    peaks.filter((value) => value > 0.01),
    1 - STRONGEST,
  );
  return Uint8Array.from(peaks, (value) => (value > 0.01 && value >= least ? 1 : 0));
}

/** Sobel's gradient; 0 on the border. */
function gradientOf({ width, height, data }: Plane) {
  const dx = new Float32Array(data.length);
  const dy = new Float32Array(data.length);
  const strength = new Float32Array(data.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      const at = (across: number, down: number) => data[i + down * width + across]!;
      dx[i] = (at(1, -1) + 2 * at(1, 0) + at(1, 1) - at(-1, -1) - 2 * at(-1, 0) - at(-1, 1)) / 8;
      dy[i] = (at(-1, 1) + 2 * at(0, 1) + at(1, 1) - at(-1, -1) - 2 * at(0, -1) - at(1, -1)) / 8;
      strength[i] = Math.hypot(dx[i]!, dy[i]!);
    }
  }
  return { strength, dx, dy };
}
