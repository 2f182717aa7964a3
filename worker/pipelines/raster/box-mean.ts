import type { Plane } from './size.ts';

/** Mean over a square window of side `2 * radius + 1`, cut off at the borders; the cost does not grow with it. */
export function boxMean({ width, height, data }: Plane, radius: number): Plane {
  const rows = new Float32Array(data.length);
  for (let y = 0; y < height; y++) meanAlong(data, rows, y * width, 1, width, radius);
  const means = new Float32Array(data.length);
  for (let x = 0; x < width; x++) meanAlong(rows, means, x, width, height, radius);
  return { width, height, data: means };
}

function meanAlong(
  from: Float32Array,
  to: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
) {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < Math.min(radius, length); i++, count++) sum += from[start + i * step]!;
  for (let i = 0; i < length; i++) {
    if (i + radius < length) {
      sum += from[start + (i + radius) * step]!;
      count++;
    }
    if (i - radius > 0) {
      sum -= from[start + (i - radius - 1) * step]!;
      count--;
    }
    to[start + i * step] = sum / count;
  }
}
