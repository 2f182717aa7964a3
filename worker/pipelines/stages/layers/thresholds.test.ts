import { expect, test } from 'vitest';
import { chooseThresholds } from './thresholds.ts';

function histogram(counts: Record<number, number>): number[] {
  return Array.from({ length: 256 }, (_, bin) => counts[bin] ?? 0);
}

test('cuts fall between the groups, wherever those lie', () => {
  const [first, second] = chooseThresholds(histogram({ 10: 50, 12: 60, 40: 300, 43: 200, 200: 90 }), 3)!;
  expect(first).toBeGreaterThan(12);
  expect(first).toBeLessThanOrEqual(40);
  expect(second).toBeGreaterThan(43);
  expect(second).toBeLessThanOrEqual(200);
});

test('a cut goes through the valley and not through the crowd', () => {
  // Two humps of the same width; equal steps would cut at 128, in the middle of the second.
  const humps = Array.from({ length: 256 }, (_, bin) =>
    Math.round(1000 * (Math.exp(-(((bin - 40) / 15) ** 2)) + Math.exp(-(((bin - 130) / 15) ** 2)))),
  );
  const [cut] = chooseThresholds(humps, 2)!;
  expect(cut).toBeGreaterThan(70);
  expect(cut).toBeLessThan(100);
});

test('a few stray pixels do not get a layer of their own', () => {
  const [cut] = chooseThresholds(histogram({ 10: 500, 60: 500, 255: 3 }), 2)!;
  expect(cut).toBeLessThanOrEqual(60);
});

test('too few depths for that many layers', () => {
  expect(chooseThresholds(histogram({ 10: 500, 60: 500 }), 3)).toBeUndefined();
});
