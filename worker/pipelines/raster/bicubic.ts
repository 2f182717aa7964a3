import type { Plane } from './size.ts';

const TAPS = 4;

/**
 * A plane `factor` times as large, by the cubic convolution of Keys, "Cubic convolution interpolation for digital image
 * processing", 1981 (a = -1/2, also known as Catmull-Rom), with pixel centres at half positions and clamped borders.
 */
export function enlargeBicubic({ width, height, data }: Plane, factor: number): Plane {
  const phases = Array.from({ length: factor }, (_, index) => phaseOf(index, factor));
  const to = { width: width * factor, height: height * factor };
  const enlarged = new Float32Array(to.width * to.height);
  const column = new Float32Array(width + 2 * TAPS);
  for (let y = 0; y < to.height; y++) {
    const { first, weights } = phases[y % factor]!;
    const top = Math.floor(y / factor) + first;
    const rows = weights.map((_, tap) => clamp(top + tap, height) * width);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let tap = 0; tap < TAPS; tap++) sum += weights[tap]! * data[rows[tap]! + x]!;
      column[x + TAPS] = sum;
    }
    column.fill(column[TAPS]!, 0, TAPS);
    column.fill(column[width + TAPS - 1]!, width + TAPS);
    enlargeRow(column, phases, enlarged.subarray(y * to.width, (y + 1) * to.width));
  }
  return { ...to, data: enlarged };
}

/** A row with TAPS pixels more at both ends, into one `phases.length` times as long. */
function enlargeRow(padded: Float32Array, phases: readonly Phase[], row: Float32Array): void {
  const factor = phases.length;
  phases.forEach(({ first, weights }, phase) => {
    const [a, b, c, d] = weights as [number, number, number, number];
    for (let to = phase, from = TAPS + first; to < row.length; to += factor, from++) {
      row[to] = a * padded[from]! + b * padded[from + 1]! + c * padded[from + 2]! + d * padded[from + 3]!;
    }
  });
}

/** What one of the `factor` pixels that a pixel becomes is made of. */
interface Phase {
  /** The first neighbour, counted from the pixel itself. */
  first: number;
  weights: readonly number[];
}

function phaseOf(index: number, factor: number): Phase {
  const at = (index + 0.5) / factor - 0.5;
  const first = Math.floor(at) - 1;
  return { first, weights: Array.from({ length: TAPS }, (_, tap) => cubic(at - first - tap)) };
}

function cubic(distance: number): number {
  const x = Math.abs(distance);
  if (x >= 2) return 0;
  return x < 1 ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2;
}

function clamp(index: number, length: number): number {
  return Math.min(length - 1, Math.max(0, index));
}
