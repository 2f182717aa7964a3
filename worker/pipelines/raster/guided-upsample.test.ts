import { expect, test } from 'vitest';
import { guidedUpsample } from './guided-upsample.ts';

/** Black up to column `edge`, white from there on. */
function stripes(width: number, height: number, edge: number) {
  const rgb = new Uint8Array(width * height * 3).map((_, i) => (Math.floor(i / 3) % width < edge ? 0 : 255));
  return { width, height, rgb };
}

test('an enlarged step lies where the large picture has its edge', () => {
  const small = stripes(16, 8, 8);
  const large = stripes(64, 32, 33);
  const step = { width: 16, height: 8, data: new Float32Array(128).map((_, i) => (i % 16 < 8 ? 0.2 : 0.8)) };
  const row = guidedUpsample(step, small, large, 2, 1e-4).data.subarray(16 * 64, 17 * 64);
  expect(row[10]).toBeCloseTo(0.2, 2);
  expect(row[32]).toBeLessThan(0.3);
  expect(row[33]).toBeGreaterThan(0.7);
  expect(row[55]).toBeCloseTo(0.8, 2);
});
