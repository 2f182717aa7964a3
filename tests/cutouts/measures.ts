import { distanceTo, UNITS_PER_PIXEL } from '#worker/pipelines/raster/distance';

/** Opacity of every pixel, 0..255. */
export interface Mask {
  width: number;
  height: number;
  data: Uint8Array;
}

/** Intersection over union of what the two show more than half. */
export function overlap(a: Mask, b: Mask): number {
  let [both, either] = [0, 0];
  for (let i = 0; i < a.data.length; i++) {
    if (a.data[i]! > 127 && b.data[i]! > 127) both++;
    if (a.data[i]! > 127 || b.data[i]! > 127) either++;
  }
  return both / either;
}

/** Mean absolute difference, 0..255, within so many pixels of the true mask's edges. */
export function edgeError(mask: Mask, truth: Mask, reach: number): number {
  const toEdge = distanceTo((i) => isEdge(truth, i), truth);
  let [sum, count] = [0, 0];
  for (let i = 0; i < truth.data.length; i++) {
    if (toEdge[i]! > reach * UNITS_PER_PIXEL) continue;
    sum += Math.abs(mask.data[i]! - truth.data[i]!);
    count++;
  }
  return sum / count;
}

/**
 * How well outlines agree, 0..1: the harmonic mean of the shares of either one's that lie within `tolerance` pixels of
 * the other's (the boundary F-measure of Perazzi et al., "A Benchmark Dataset and Evaluation Methodology for Video
 * Object Segmentation", 2016).
 */
export function outlineAgreement(mask: Mask, truth: Mask, tolerance: number): number {
  const precision = shareNear(mask, truth, tolerance);
  const recall = shareNear(truth, mask, tolerance);
  return (2 * precision * recall) / (precision + recall);
}

/** The share of a mask's outline that lies near another's. */
function shareNear(mask: Mask, other: Mask, tolerance: number): number {
  const toOther = distanceTo((i) => isEdge(other, i), other);
  let [near, all] = [0, 0];
  for (let i = 0; i < mask.data.length; i++) {
    if (!isEdge(mask, i)) continue;
    all++;
    if (toOther[i]! <= tolerance * UNITS_PER_PIXEL) near++;
  }
  return near / all;
}

function isEdge({ width, data }: Mask, i: number): boolean {
  const shown = data[i]! > 127;
  const right = (i + 1) % width === 0 ? i : i + 1;
  return data[right]! > 127 !== shown || (data[i + width] ?? data[i]!) > 127 !== shown;
}
