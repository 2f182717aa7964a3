import { expect, test } from 'vitest';
import { shareOf, spansOf } from './grid.ts';

test.each([1, 2, 63, 64, 256, 257, 601, 1000, 3841, 4096])(
  'a side of %i is cut into even spans',
  (length) => {
    const spans = spansOf(length, 256);
    const size = spans[0]!.end;
    expect(size % 2).toBe(0);
    expect(size).toBeLessThanOrEqual(256);
    spans.forEach(({ start, end }, index) =>
      expect([start, end]).toEqual([index * size, (index + 1) * size]),
    );
    expect(spans.at(-1)!.start).toBeLessThan(length);
    expect(spans.at(-1)!.end).toBeGreaterThanOrEqual(length);
  },
);

test.each([
  [300, 2],
  [601, 4],
  [40, 4],
])('the shares of the tiles of a side of %i, enlarged x%i, come to 1 at every pixel', (length, factor) => {
  const sums = new Float64Array(length * factor);
  for (const span of spansOf(length, 144)) {
    const { start, weights } = shareOf(span, length, factor, 6);
    weights.forEach((weight, i) => (sums[start + i]! += weight));
  }
  for (const sum of sums) expect(sum).toBeCloseTo(1, 6);
});
