import type { Plane } from './size.ts';

/** Smallest and largest value in the square window of side `2 * radius + 1` around every pixel. */
export function extremesAround(plane: Plane, radius: number): { least: Float32Array; most: Float32Array } {
  return { least: extremeAround(plane, radius, -1), most: extremeAround(plane, radius, 1) };
}

/** Either of them: along rows first, then along columns, whole rows at a time, as memory lies. */
function extremeAround({ width, height, data }: Plane, radius: number, sign: Sign): Float32Array {
  const reach = radius * width;
  const rows = new Float32Array(data.length + 2 * reach);
  const row = new Float32Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    row.set(data.subarray(y * width, (y + 1) * width), radius);
    row.fill(row[radius]!, 0, radius);
    row.fill(row[radius + width - 1]!, radius + width);
    extremeAhead(row, 1, 2 * radius + 1, sign);
    rows.set(row.subarray(0, width), reach + y * width);
  }
  for (let y = 0; y < radius; y++) {
    rows.copyWithin(y * width, reach, reach + width);
    rows.copyWithin(reach + data.length + y * width, reach + data.length - width, reach + data.length);
  }
  extremeAhead(rows, width, 2 * radius + 1, sign);
  return rows.slice(0, data.length);
}

/** 1 for the largest, -1 for the smallest. */
type Sign = 1 | -1;

/**
 * Turn every value into the extreme of `count` of them, itself and those that lie `step`, 2 * `step`… after it: by
 * doubling how many it stands for, and two that overlap at last. What has too few after it is of no use.
 */
function extremeAhead(values: Float32Array, step: number, count: number, sign: Sign): void {
  let covered = 1;
  for (; covered * 2 <= count; covered *= 2) takeFrom(values, covered * step, sign);
  if (covered < count) takeFrom(values, (count - covered) * step, sign);
}

/** Let every value be the more extreme of itself and the one so far after it. */
function takeFrom(values: Float32Array, ahead: number, sign: Sign): void {
  const end = values.length - ahead;
  if (sign === 1) {
    for (let i = 0; i < end; i++) if (values[i + ahead]! > values[i]!) values[i] = values[i + ahead]!;
  } else {
    for (let i = 0; i < end; i++) if (values[i + ahead]! < values[i]!) values[i] = values[i + ahead]!;
  }
}
