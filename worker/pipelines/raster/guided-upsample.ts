import { boxMean } from './box-mean.ts';
import { lightness } from './colour.ts';
import { enlargeRow, sampling } from './resample.ts';
import type { Picture, Plane } from './size.ts';

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
  const { slope, offset } = linearModel(plane, brightness(small), radius, epsilon);
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

function linearModel(plane: Plane, guide: Plane, radius: number, epsilon: number) {
  const size = { width: plane.width, height: plane.height };
  const product = (a: Float32Array, b: Float32Array) => ({
    ...size,
    data: a.map((value, i) => value * b[i]!),
  });
  const meanGuide = boxMean(guide, radius).data;
  const meanPlane = boxMean(plane, radius).data;
  const meanSquare = boxMean(product(guide.data, guide.data), radius).data;
  const meanProduct = boxMean(product(guide.data, plane.data), radius).data;
  const slope = meanProduct.map(
    (value, i) =>
      (value - meanGuide[i]! * meanPlane[i]!) / (meanSquare[i]! - meanGuide[i]! * meanGuide[i]! + epsilon),
  );
  const offset = meanPlane.map((value, i) => value - slope[i]! * meanGuide[i]!);
  return {
    slope: boxMean({ ...size, data: slope }, radius),
    offset: boxMean({ ...size, data: offset }, radius),
  };
}

function brightness({ width, height, rgb }: Picture): Plane {
  return { width, height, data: Float32Array.from({ length: width * height }, (_, i) => lightness(rgb, i)) };
}
