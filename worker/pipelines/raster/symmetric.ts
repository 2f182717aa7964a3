/**
 * The inverse of a symmetric matrix of 3x3, by its cofactors. Both are told by the six values of the upper triangle, row
 * by row. The matrix must be positive definite, such as a covariance with noise on its diagonal.
 */
export function invertSymmetric(matrix: Float64Array, inverse: Float64Array): void {
  const xx = matrix[0]!;
  const xy = matrix[1]!;
  const xz = matrix[2]!;
  const yy = matrix[3]!;
  const yz = matrix[4]!;
  const zz = matrix[5]!;
  const first = yy * zz - yz * yz;
  const second = xz * yz - xy * zz;
  const third = xy * yz - xz * yy;
  const determinant = xx * first + xy * second + xz * third;
  inverse[0] = first / determinant;
  inverse[1] = second / determinant;
  inverse[2] = third / determinant;
  inverse[3] = (xx * zz - xz * xz) / determinant;
  inverse[4] = (xy * xz - xx * yz) / determinant;
  inverse[5] = (xx * yy - xy * xy) / determinant;
}
