import type { Plane, Size } from './size.ts';

/** Bilinear resampling with pixel centres at half positions and clamped borders. Made for enlarging. */
export function enlarge(plane: Plane, to: Size): Plane {
  const data = new Float32Array(to.width * to.height);
  const columns = sampling(plane.width, to.width);
  const rows = sampling(plane.height, to.height);
  for (let y = 0; y < to.height; y++) {
    enlargeRow(plane, { columns, rows, y }, data.subarray(y * to.width, (y + 1) * to.width));
  }
  return { ...to, data };
}

interface RowSampling {
  /** `sampling` of the width and of the height. */
  columns: Sampling;
  rows: Sampling;
  /** Which row of the enlarged plane. */
  y: number;
}

/** One row of the enlarged plane, into `row`. */
export function enlargeRow(plane: Plane, { columns, rows, y }: RowSampling, row: Float32Array): void {
  const top = rows.first[y]! * plane.width;
  const bottom = rows.second[y]! * plane.width;
  const down = rows.part[y]!;
  for (let x = 0; x < row.length; x++) {
    const left = columns.first[x]!;
    const right = columns.second[x]!;
    const across = columns.part[x]!;
    const above = plane.data[top + left]! * (1 - across) + plane.data[top + right]! * across;
    const below = plane.data[bottom + left]! * (1 - across) + plane.data[bottom + right]! * across;
    row[x] = above * (1 - down) + below * down;
  }
}

/** Where each of a row's samples lies in another: between two neighbours, and how far towards the second, 0..1. */
interface Sampling {
  first: Int32Array;
  second: Int32Array;
  part: Float32Array;
}

/** Where each of `to` samples lies among `from`. */
export function sampling(from: number, to: number): Sampling {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const part = new Float32Array(to);
  for (let i = 0; i < to; i++) {
    const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
    first[i] = Math.floor(at);
    second[i] = Math.min(from - 1, first[i]! + 1);
    part[i] = at - first[i]!;
  }
  return { first, second, part };
}

/** The index among `to` bins that each of `from` positions falls into. */
export function bins(from: number, to: number): Int32Array {
  return Int32Array.from({ length: from }, (_, i) => Math.min(to - 1, Math.floor((i * to) / from)));
}
