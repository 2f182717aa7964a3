import { expect, test } from 'vitest';
import { diffuseColours } from './diffuse.ts';

test('gaps take colours between those around, and what is known stays', () => {
  const size = { width: 16, height: 1 };
  const rgb = new Uint8Array(48).map((_, i) => (i < 6 ? 100 : i >= 42 ? 200 : 7));
  const filled = diffuseColours({ ...size, rgb }, (i) => i < 2 || i >= 14);
  expect([...filled.subarray(0, 6)]).toEqual([100, 100, 100, 100, 100, 100]);
  expect(filled[47]).toBe(200);
  const reds = Array.from({ length: 16 }, (_, x) => filled[x * 3]!);
  expect(reds).toEqual(reds.toSorted((a, b) => a - b));
  expect(Math.min(...reds)).toBe(100);
});

test('one known pixel colours everything', () => {
  const rgb = Uint8Array.from({ length: 5 * 3 * 3 }, (_, i) => [10, 20, 30][i % 3]! * (i < 3 ? 1 : 5));
  const filled = diffuseColours({ width: 5, height: 3, rgb }, (i) => i === 0);
  for (let i = 0; i < filled.length; i++) expect(filled[i]).toBe([10, 20, 30][i % 3]);
});
