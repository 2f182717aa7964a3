import type { Plane } from './size.ts';

/** Smallest and largest value in the square window of side `2 * radius + 1` around every pixel. */
export function extremesAround(plane: Plane, radius: number): { least: Float32Array; most: Float32Array } {
  const { width, height, data } = plane;
  const leastInRow = new Float32Array(data.length);
  const mostInRow = new Float32Array(data.length);
  for (let y = 0; y < height; y++) extremesInRow(plane, y * width, radius, leastInRow, mostInRow);
  const least = leastInRow.slice();
  const most = mostInRow.slice();
  for (let y = 0; y < height; y++) {
    const last = Math.min(height - 1, y + radius);
    for (let other = Math.max(0, y - radius); other <= last; other++) {
      mergeRows(least, most, y * width, leastInRow, mostInRow, other * width, width);
    }
  }
  return { least, most };
}

function extremesInRow(
  { width, data }: Plane,
  row: number,
  radius: number,
  least: Float32Array,
  most: Float32Array,
): void {
  for (let x = 0; x < width; x++) {
    let low = data[row + x]!;
    let high = low;
    const last = Math.min(width - 1, x + radius);
    for (let other = Math.max(0, x - radius); other <= last; other++) {
      const value = data[row + other]!;
      if (value < low) low = value;
      if (value > high) high = value;
    }
    least[row + x] = low;
    most[row + x] = high;
  }
}

/** Take another row's extremes into this one's; whole rows at a time, as memory lies. */
function mergeRows(
  least: Float32Array,
  most: Float32Array,
  to: number,
  otherLeast: Float32Array,
  otherMost: Float32Array,
  from: number,
  width: number,
): void {
  for (let x = 0; x < width; x++) {
    if (otherLeast[from + x]! < least[to + x]!) least[to + x] = otherLeast[from + x]!;
    if (otherMost[from + x]! > most[to + x]!) most[to + x] = otherMost[from + x]!;
  }
}
