import type { Plane } from './size.ts';

/** Smallest and largest value in the square window of side `2 * radius + 1` around every pixel. */
export function extremesAround(
  { width, height, data }: Plane,
  radius: number,
): { least: Float32Array; most: Float32Array } {
  const along = (values: Float32Array, pick: (a: number, b: number) => number) => {
    const rows = new Float32Array(values.length);
    for (let y = 0; y < height; y++) windowAlong(values, rows, pick, y * width, 1, width, radius);
    const both = new Float32Array(values.length);
    for (let x = 0; x < width; x++) windowAlong(rows, both, pick, x, width, height, radius);
    return both;
  };
  return { least: along(data, Math.min), most: along(data, Math.max) };
}

function windowAlong(
  from: Float32Array,
  to: Float32Array,
  pick: (a: number, b: number) => number,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  for (let i = 0; i < length; i++) {
    let extreme = from[start + i * step]!;
    const last = Math.min(length - 1, i + radius);
    for (let j = Math.max(0, i - radius); j <= last; j++) extreme = pick(extreme, from[start + j * step]!);
    to[start + i * step] = extreme;
  }
}
