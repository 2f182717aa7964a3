import { boxMean } from './box-mean.ts';
import { sampling } from './resample.ts';
import type { Plane, Size } from './size.ts';

/** Interleaved 8-bit RGB with its size. */
interface Picture extends Size {
  rgb: Uint8Array;
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
  const { slope, offset } = linearModel(plane, brightness(small), radius, epsilon);
  const { width, height, rgb } = large;
  const data = new Float32Array(width * height);
  const columns = sampling(plane.width, width);
  const rows = sampling(plane.height, height);
  const at = { top: 0, bottom: 0, down: 0 };
  for (let y = 0; y < height; y++) {
    at.top = rows.first[y]! * plane.width;
    at.bottom = rows.second[y]! * plane.width;
    at.down = rows.part[y]!;
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      const left = columns.first[x]!;
      const right = columns.second[x]!;
      const across = columns.part[x]!;
      const a = bilinear(slope.data, at, left, right, across);
      const b = bilinear(offset.data, at, left, right, across);
      data[i] = a * lightness(rgb, i) + b;
    }
  }
  return { width, height, data };
}

interface RowPair {
  top: number;
  bottom: number;
  down: number;
}

function bilinear(data: Float32Array, rows: RowPair, left: number, right: number, across: number): number {
  const above = data[rows.top + left]! * (1 - across) + data[rows.top + right]! * across;
  const below = data[rows.bottom + left]! * (1 - across) + data[rows.bottom + right]! * across;
  return above * (1 - rows.down) + below * rows.down;
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

/** Brightness of a pixel, 0..1 (Rec. 601 weights on the encoded values). */
export function lightness(rgb: Uint8Array, index: number): number {
  const i = index * 3;
  return (rgb[i]! * 0.299 + rgb[i + 1]! * 0.587 + rgb[i + 2]! * 0.114) / 255;
}
