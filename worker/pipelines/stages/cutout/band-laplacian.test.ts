import { expect, test } from 'vitest';
import { Random } from '#tests/storm/random';
import { BandLaplacian } from './band-laplacian.ts';
import { solve } from './conjugate-gradients.ts';

const SIZE = { width: 24, height: 18 };
const PIXELS = SIZE.width * SIZE.height;

/** What its equations for the unknown pixels are off by, where every opacity is as given. */
function residual(matrix: BandLaplacian, alpha: Float32Array): number {
  const values = Float32Array.from(matrix.pixels, (pixel) => alpha[pixel]!);
  const product = new Float32Array(values.length);
  matrix.multiply(values, product);
  return product.reduce((most, value, i) => Math.max(most, Math.abs(value - matrix.pull[i]!)), 0);
}

function noise(): Uint8Array {
  const random = new Random(3);
  return Uint8Array.from({ length: PIXELS * 3 }, () => random.whole(0, 255));
}

const inner = Uint8Array.from({ length: PIXELS }, (_, i) =>
  i % SIZE.width > 3 && i % SIZE.width < 20 ? 1 : 0,
);

test('the same opacity everywhere fits any picture', () => {
  const alpha = new Float32Array(PIXELS).fill(0.6);
  expect(residual(new BandLaplacian({ ...SIZE, rgb: noise() }, alpha, inner), alpha)).toBeLessThan(1e-5);
});

test('opacity that is a linear function of colour fits, another does not', () => {
  const rgb = noise();
  const linear = new Float32Array(PIXELS).map((_, i) => (rgb[i * 3]! + 0.5 * rgb[i * 3 + 2]!) / 400);
  expect(residual(new BandLaplacian({ ...SIZE, rgb }, linear, inner), linear)).toBeLessThan(0.002);
  const other = linear.map((value) => (value > 0.5 ? 1 : 0));
  expect(residual(new BandLaplacian({ ...SIZE, rgb }, other, inner), other)).toBeGreaterThan(0.1);
});

test('solved, the unknown pixels between two known sides take the sides of their colours', () => {
  const isSubject = (i: number) => i % SIZE.width < 9;
  const rgb = new Uint8Array(PIXELS * 3).map((_, at) => (isSubject(Math.floor(at / 3)) ? 200 : 40));
  const alpha = new Float32Array(PIXELS).map((_, i) => (i % SIZE.width <= 3 ? 1 : 0));
  const matrix = new BandLaplacian({ ...SIZE, rgb }, alpha, inner);
  const values = new Float32Array(matrix.pixels.length).fill(0.5);
  solve(matrix, matrix.pull, values, { steps: 400, tolerance: 1e-6 });
  for (const [i, pixel] of matrix.pixels.entries()) {
    expect(Math.abs(values[i]! - (isSubject(pixel) ? 1 : 0))).toBeLessThan(0.05);
  }
});
