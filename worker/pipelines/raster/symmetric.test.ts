import { expect, test } from 'vitest';
import { invertSymmetric } from './symmetric.ts';

test('a matrix times its inverse is one', () => {
  const [xx, xy, xz, yy, yz, zz] = [4, 1, -0.5, 3, 0.25, 2] as const;
  const inverse = new Float64Array(6);
  invertSymmetric(Float64Array.of(xx, xy, xz, yy, yz, zz), inverse);
  const [a, b, c, d, e, f] = inverse as unknown as [number, number, number, number, number, number];
  const rows = [
    [xx * a + xy * b + xz * c, xx * b + xy * d + xz * e, xx * c + xy * e + xz * f],
    [xy * a + yy * b + yz * c, xy * b + yy * d + yz * e, xy * c + yy * e + yz * f],
    [xz * a + yz * b + zz * c, xz * b + yz * d + zz * e, xz * c + yz * e + zz * f],
  ];
  for (const [y, row] of rows.entries()) {
    for (const [x, value] of row.entries()) expect(value).toBeCloseTo(x === y ? 1 : 0, 12);
  }
});
