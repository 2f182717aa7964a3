import { boxMean } from './box-mean.ts';
import { lightness } from './colour.ts';
import { enlargeRow, sampling } from './resample.ts';
import type { Picture, Plane } from './size.ts';

/** A plane as a linear function of the brightness (0..1) of a picture, which changes from place to place. */
export interface LinearModel {
  slope: Plane;
  offset: Plane;
}

/**
 * Enlarge a plane so that its edges lie where those of the large picture do: the fast guided filter (He & Sun, "Fast
 * Guided Filter", 2015). In every window of the small picture the plane is taken for a linear function of brightness,
 * and that function is applied to the large picture. `epsilon` is the brightness variance (0..1 squared) below which a
 * window counts as even.
 */
export function guidedUpsample(
  plane: Plane,
  small: Picture,
  large: Picture,
  radius: number,
  epsilon: number,
): Plane {
  const { slope, offset } = linearModel(plane, small, radius, epsilon);
  const { width, height, rgb } = large;
  const data = new Float32Array(width * height);
  const columns = sampling(plane.width, width);
  const rows = sampling(plane.height, height);
  const slopes = new Float32Array(width);
  const offsets = new Float32Array(width);
  for (let y = 0; y < height; y++) {
    enlargeRow(slope, { columns, rows, y }, slopes);
    enlargeRow(offset, { columns, rows, y }, offsets);
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      data[i] = slopes[x]! * lightness(rgb, i) + offsets[x]!;
    }
  }
  return { width, height, data };
}

/** The model of a plane by a picture of its size, from which `guidedUpsample` enlarges it. */
export function linearModel(plane: Plane, small: Picture, radius: number, epsilon: number): LinearModel {
  const guide = brightness(small);
  const meanGuide = boxMean(guide, radius).data;
  const meanPlane = boxMean(plane, radius).data;
  const meanSquare = boxMean(product(guide, guide), radius).data;
  const meanProduct = boxMean(product(guide, plane), radius).data;
  const slope = new Float32Array(meanGuide.length);
  const offset = new Float32Array(meanGuide.length);
  for (let i = 0; i < slope.length; i++) {
    const mean = meanGuide[i]!;
    slope[i] = (meanProduct[i]! - mean * meanPlane[i]!) / (meanSquare[i]! - mean * mean + epsilon);
    offset[i] = meanPlane[i]! - slope[i]! * mean;
  }
  return {
    slope: boxMean({ ...plane, data: slope }, radius),
    offset: boxMean({ ...plane, data: offset }, radius),
  };
}

function product(a: Plane, b: Plane): Plane {
  const data = new Float32Array(a.data.length);
  for (let i = 0; i < data.length; i++) data[i] = a.data[i]! * b.data[i]!;
  return { ...a, data };
}

function brightness({ width, height, rgb }: Picture): Plane {
  const data = new Float32Array(width * height);
  for (let i = 0; i < data.length; i++) data[i] = lightness(rgb, i);
  return { width, height, data };
}
