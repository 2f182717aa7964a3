import { distanceTo, UNITS_PER_PIXEL } from './distance.ts';
import type { Size } from './size.ts';

const LABELS = 16;

/**
 * The most frequent label (0..15) in the square window around every pixel: smooths outlines of a label map, and drops
 * what is thinner than the radius. A pixel keeps its own label where that ties with another, and where no other label
 * is near. Windows slide along rows (Huang's histogram, 1979).
 */
export function majorityAround(labels: Uint8Array, size: Size, radius: number): Uint8Array {
  const { width, height } = size;
  const toOutline = distanceTo((i) => isOutline(labels, i, size), size);
  const reach = Math.min(250, Math.ceil(radius * Math.SQRT2 + 1) * UNITS_PER_PIXEL);
  const smoothed = labels.slice();
  const window = new SlidingWindow(labels, size, radius);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (toOutline[i]! > reach) continue;
      window.moveTo(x, y);
      smoothed[i] = window.mostFrequent(labels[i]!);
    }
  }
  return smoothed;
}

function isOutline(labels: Uint8Array, i: number, { width }: Size): boolean {
  const label = labels[i]!;
  return ((i + 1) % width !== 0 && labels[i + 1] !== label) || (labels[i + width] ?? label) !== label;
}

/** How often each label occurs around a pixel; cheap to move one pixel to the right. */
class SlidingWindow {
  readonly #counts = new Int32Array(LABELS);
  readonly #labels: Uint8Array;
  readonly #size: Size;
  readonly #radius: number;
  #x = -1;
  #y = -1;

  constructor(labels: Uint8Array, size: Size, radius: number) {
    this.#labels = labels;
    this.#size = size;
    this.#radius = radius;
  }

  moveTo(x: number, y: number): void {
    if (y === this.#y && x === this.#x + 1) {
      this.#addColumn(x + this.#radius, y, 1);
      this.#addColumn(x - this.#radius - 1, y, -1);
    } else {
      this.#counts.fill(0);
      for (let column = x - this.#radius; column <= x + this.#radius; column++) this.#addColumn(column, y, 1);
    }
    this.#x = x;
    this.#y = y;
  }

  mostFrequent(own: number): number {
    let best = own;
    for (let label = 0; label < LABELS; label++) {
      if (this.#counts[label]! > this.#counts[best]!) best = label;
    }
    return best;
  }

  #addColumn(x: number, y: number, change: 1 | -1): void {
    const { width, height } = this.#size;
    if (x < 0 || x >= width) return;
    const last = Math.min(height - 1, y + this.#radius);
    for (let row = Math.max(0, y - this.#radius); row <= last; row++) {
      this.#counts[this.#labels[row * width + x]!]! += change;
    }
  }
}
