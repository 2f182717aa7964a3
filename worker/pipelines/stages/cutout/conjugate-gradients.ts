/** A symmetric positive definite system: a matrix that is only ever multiplied with, and its diagonal. */
export interface SymmetricSystem {
  readonly diagonal: Float32Array;
  multiply(values: Float32Array, product: Float32Array): void;
}

/**
 * Solve `matrix * x = right` by conjugate gradients with Jacobi's preconditioner (Shewchuk, "An Introduction to the
 * Conjugate Gradient Method Without the Agonizing Pain", 1994), starting from what `x` holds, in place. Ends when the
 * residual has shrunk to `tolerance` of the right side, or after so many steps.
 */
export function solve(
  matrix: SymmetricSystem,
  right: Float32Array,
  x: Float32Array,
  { steps, tolerance }: { steps: number; tolerance: number },
): void {
  const residual = new Float32Array(x.length);
  const product = new Float32Array(x.length);
  matrix.multiply(x, product);
  for (let i = 0; i < x.length; i++) residual[i] = right[i]! - product[i]!;
  const enough = tolerance ** 2 * scaledSquare(right, matrix.diagonal);
  let square = scaledSquare(residual, matrix.diagonal);
  const direction = residual.map((value, i) => value / matrix.diagonal[i]!);
  for (let step = 0; step < steps && square > enough; step++) {
    matrix.multiply(direction, product);
    const length = square / dot(direction, product);
    for (let i = 0; i < x.length; i++) {
      x[i]! += length * direction[i]!;
      residual[i]! -= length * product[i]!;
    }
    const next = scaledSquare(residual, matrix.diagonal);
    const turn = next / square;
    for (let i = 0; i < x.length; i++) {
      direction[i] = residual[i]! / matrix.diagonal[i]! + turn * direction[i]!;
    }
    square = next;
  }
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

function scaledSquare(values: Float32Array, diagonal: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += (values[i]! * values[i]!) / diagonal[i]!;
  return sum;
}
