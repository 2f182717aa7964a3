import { expect, test } from 'vitest';
import { edgeAlignment, rank, rankCorrelation } from './depth-measures.ts';

test('equal values share the mean of their ranks', () => {
  expect([...rank(Float32Array.of(30, 10, 30, 20))]).toEqual([
    expect.closeTo(2.5 / 3),
    0,
    expect.closeTo(2.5 / 3),
    expect.closeTo(1 / 3),
  ]);
});

test('rank correlation sees order alone', () => {
  const depths = Float32Array.of(1, 2, 3, 4, 5);
  expect(rankCorrelation(depths, Float32Array.of(1, 4, 9, 16, 25))).toBeCloseTo(1);
  expect(rankCorrelation(depths, Float32Array.of(5, 4, 3, 2, 1))).toBeCloseTo(-1);
  // 1 - 6 * (1 + 1) / (5 * 24), by Spearman's own formula.
  expect(rankCorrelation(depths, Float32Array.of(2, 1, 3, 4, 5))).toBeCloseTo(0.9);
});

test('a step on the edge of the photo is aligned, one beside it is not, a ramp is in part', () => {
  const size = { width: 80, height: 40 };
  const rgb = Uint8Array.from({ length: 80 * 40 * 3 }, (_, at) => (Math.floor(at / 3) % 80 < 40 ? 40 : 200));
  const depth = (valueAt: (x: number) => number) => ({
    ...size,
    data: Float32Array.from({ length: 3200 }, (_, i) => valueAt(i % 80)),
  });
  expect(
    edgeAlignment(
      depth((x) => (x < 40 ? 0 : 1)),
      { ...size, rgb },
    ),
  ).toBeGreaterThan(0.99);
  expect(
    edgeAlignment(
      depth((x) => (x < 20 ? 0 : 1)),
      { ...size, rgb },
    ),
  ).toBeLessThan(0.01);
  const ramp = edgeAlignment(
    depth((x) => x / 80),
    { ...size, rgb },
  );
  expect(ramp).toBeGreaterThan(0.03);
  expect(ramp).toBeLessThan(0.12);
});
