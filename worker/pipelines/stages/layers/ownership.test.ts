import { expect, test } from 'vitest';
import { ownership, sampleBands } from './ownership.ts';

/** Band 1, then 2, with 3 in front of both: columns 0-29, 90-119, and 30-89. */
const size = { width: 120, height: 20 };
const bands = Uint8Array.from({ length: 2400 }, (_, i) => (i % 120 < 30 ? 1 : i % 120 < 90 ? 3 : 2));

test('under a nearer layer, each goes on to the middle of the gap', () => {
  const owned = ownership(sampleBands(bands, size), 2).data.subarray(10 * 120, 11 * 120);
  expect(owned[10]).toBe(0);
  expect(owned[40]).toBe(0);
  expect(owned[80]).toBe(1);
  expect(owned[110]).toBe(1);
});

test('the nearest layer owns what is its own', () => {
  const owned = ownership(sampleBands(bands, size), 3).data.subarray(10 * 120, 11 * 120);
  expect([owned[10], owned[60], owned[110]]).toEqual([0, 1, 0]);
});

test('the farthest layer goes on everywhere, even where nothing of it is left to see', () => {
  const covered = { width: 8, height: 8, of: new Uint8Array(64).fill(2) };
  expect(ownership(covered, 1).data.every((share) => share === 1)).toBe(true);
});
