import { expect, test } from 'vitest';
import { steepen } from './refine.ts';

/** 200 wide, so that the reach of `steepen` is one pixel. */
function row(valueAt: (x: number) => number) {
  return { width: 200, height: 8, data: Float32Array.from({ length: 1600 }, (_, i) => valueAt(i % 200)) };
}

test('a steep ramp becomes a step', () => {
  const { data } = steepen(row((x) => (x < 99 ? 0.1 : x > 100 ? 0.9 : x === 99 ? 0.3 : 0.7)));
  const between = data.filter((value) => value > 0.15 && value < 0.85);
  expect(between).toHaveLength(0);
  expect(data[4 * 200 + 99]).toBeCloseTo(0.1);
  expect(data[4 * 200 + 100]).toBeCloseTo(0.9);
});

test('a gentle slope stays one', () => {
  const slope = row((x) => x / 200);
  const { data } = steepen(slope);
  for (let x = 5; x < 195; x++) expect(data[4 * 200 + x]).toBeCloseTo(slope.data[x]!, 3);
});
