import { expect, test } from 'vitest';
import { cutBands } from './bands.ts';

const size = { width: 64, height: 64 };

function nearness(valueAt: (x: number, y: number) => number): Uint16Array {
  return Uint16Array.from({ length: 64 * 64 }, (_, i) => 65535 * valueAt(i % 64, Math.floor(i / 64)));
}

function areas(of: Uint8Array, layers: number): number[] {
  return Array.from({ length: layers }, (_, k) => of.filter((band) => band === k + 1).length);
}

test('three things at three depths are three bands', () => {
  const { of, boundaries } = cutBands(
    nearness((x) => (x < 20 ? 0.1 : x < 40 ? 0.4 : 0.95)),
    size,
    3,
  );
  expect(areas(of, 3)).toEqual([20 * 64, 20 * 64, 24 * 64]);
  expect(boundaries).toHaveLength(4);
  expect(boundaries[1]).toBeGreaterThan(0.1);
  expect(boundaries[1]).toBeLessThanOrEqual(0.4);
});

test.each([2, 3, 4, 5, 6, 7, 8])('a flat picture still gives %i bands of about equal size', (layers) => {
  const { of, boundaries } = cutBands(
    nearness(() => 0.5),
    size,
    layers,
  );
  for (const area of areas(of, layers)) expect(area).toBeGreaterThanOrEqual((64 * 64) / layers - 64);
  expect(of[0]).toBe(1);
  expect(of.at(-1)).toBe(layers);
  expect(boundaries).toEqual(boundaries.toSorted((a, b) => a - b));
});

test('noise gives bands that are none of them empty', () => {
  let seed = 1;
  const random = () => (seed = (seed * 48271) % 2147483647) / 2147483647;
  const { of } = cutBands(nearness(random), size, 8);
  expect(Math.min(...areas(of, 8))).toBeGreaterThan(0);
});
