import type { Plane } from './size.ts';

interface FilterOptions {
  /** Reach in pixels, where the guide shows no edge. */
  sigmaSpace: number;
  /** How much colour difference (summed over channels, 0..765) counts as far away. */
  sigmaColour: number;
  iterations: number;
}

/**
 * Edge-preserving smoothing that spreads values over even areas of a guide picture and stops at its edges: the
 * recursive filter of Gastal & Oliveira, "Domain Transform for Edge-Aware Image and Video Processing", 2011.
 * Values weigh as much as `confidence` (0..1) says (normalised convolution), so that doubtful ones are replaced by
 * sure ones from their own side of an edge. `guide` is interleaved 8-bit RGB of the same size.
 */
export function smoothWithin(
  plane: Plane,
  confidence: Plane,
  guide: Uint8Array,
  options: FilterOptions,
): Plane {
  const { width, height } = plane;
  const weights = Float32Array.from(confidence.data);
  const values = plane.data.map((value, i) => value * weights[i]!);
  for (let pass = 0; pass < options.iterations; pass++) {
    const keep = decayTable(passSigma(options, pass), options);
    sweep(values, weights, guide, keep, { lines: height, length: width, lineStep: width, step: 1 });
    sweep(values, weights, guide, keep, { lines: width, length: height, lineStep: 1, step: width });
  }
  for (let i = 0; i < values.length; i++) values[i]! /= Math.max(1e-12, weights[i]!);
  return { width, height, data: values };
}

/** Equation 14 of the paper: each pass reaches half as far as the one before, and together they make sigmaSpace. */
function passSigma({ sigmaSpace, iterations }: FilterOptions, pass: number): number {
  return (sigmaSpace * Math.sqrt(3) * 2 ** (iterations - pass - 1)) / Math.sqrt(4 ** iterations - 1);
}

/** How much of a neighbour's value passes on, for each colour difference 0..765. */
function decayTable(sigma: number, { sigmaSpace, sigmaColour }: FilterOptions): Float32Array {
  const feedback = Math.exp(-Math.SQRT2 / sigma);
  return Float32Array.from({ length: 766 }, (_, difference) =>
    Math.pow(feedback, 1 + (sigmaSpace / sigmaColour) * difference),
  );
}

/** How rows, or columns, lie in a plane. */
interface Lines {
  lines: number;
  length: number;
  lineStep: number;
  step: number;
}

/** Filter both planes along every line, forth and back. Columns go side by side, as memory lies. */
function sweep(
  values: Float32Array,
  weights: Float32Array,
  guide: Uint8Array,
  keep: Float32Array,
  along: Lines,
) {
  const { lines, length, lineStep, step } = along;
  const blend = (at: number, from: number) => {
    const share = keep[colourDifference(guide, at, from)]!;
    values[at]! += share * (values[from]! - values[at]!);
    weights[at]! += share * (weights[from]! - weights[at]!);
  };
  if (step === 1) {
    for (let line = 0; line < lines; line++) {
      const start = line * lineStep;
      for (let i = start + 1; i < start + length; i++) blend(i, i - 1);
      for (let i = start + length - 2; i >= start; i--) blend(i, i + 1);
    }
    return;
  }
  for (let i = step; i < length * step; i++) blend(i, i - step);
  for (let i = (length - 1) * step - 1; i >= 0; i--) blend(i, i + step);
}

function colourDifference(rgb: Uint8Array, a: number, b: number): number {
  const i = a * 3;
  const j = b * 3;
  return (
    Math.abs(rgb[i]! - rgb[j]!) + Math.abs(rgb[i + 1]! - rgb[j + 1]!) + Math.abs(rgb[i + 2]! - rgb[j + 2]!)
  );
}
