import { expect, test } from 'vitest';
import { lcmSpaced, spaced } from './spacing.ts';

test('leading timesteps of 20 steps are those of Stable Diffusion 1.5', () => {
  expect(spaced('leading', 20)).toEqual(Array.from({ length: 20 }, (_, k) => 951 - 50 * k));
});

test('trailing timesteps of 4 steps are those of sd-turbo', () => {
  expect(spaced('trailing', 4)).toEqual([999, 749, 499, 249]);
  expect(spaced('trailing', 1)).toEqual([999]);
});

test('halves are rounded as NumPy rounds them', () => {
  // numpy.round(1000 - numpy.arange(16) * 62.5) - 1
  const rounded = [999, 937, 874, 811, 749, 687, 624, 561, 499, 437, 374, 311, 249, 187, 124, 61];
  expect(spaced('trailing', 16)).toEqual(rounded);
});

test('an LCM takes its timesteps out of those it was distilled at', () => {
  expect(lcmSpaced(4, 1)).toEqual([999, 759, 499, 259]);
  expect(lcmSpaced(8, 1)).toEqual([999, 879, 759, 639, 499, 379, 259, 139]);
  expect(lcmSpaced(4, 0.5)).toEqual([499, 379, 259, 139]);
});

test('an LCM takes no more steps than strength leaves, and none at strength 0', () => {
  expect(lcmSpaced(8, 0.1)).toEqual([99, 79, 59, 39, 19]);
  expect(lcmSpaced(4, 0.01)).toEqual([]);
  expect(lcmSpaced(4, 0)).toEqual([]);
});
