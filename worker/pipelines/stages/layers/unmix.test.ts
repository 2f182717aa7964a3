import { expect, test } from 'vitest';
import { leastOpacity, over, unmixed } from './unmix.ts';

test('what is already right needs no opacity', () => {
  expect(leastOpacity(100, 100)).toBe(0);
  expect(leastOpacity(100, 101)).toBe(0);
});

test('a colour at the end of the scale can only be shown as it is', () => {
  // 255 over 155 needs a colour beyond white unless the layer is opaque.
  expect(leastOpacity(255, 155)).toBe(255);
  expect(unmixed(255, 155, 255)).toBe(255);
});

test('the colour may reach 40 beyond the one wanted', () => {
  // (140 - 100) / a + 100 = 180 at a = 1/2.
  expect(leastOpacity(140, 100)).toBe(128);
  expect(unmixed(140, 100, 128)).toBe(180);
});

test('every colour comes back over every other, within one level', () => {
  let worst = 0;
  for (let wanted = 0; wanted < 256; wanted++) {
    for (let behind = 0; behind < 256; behind++) {
      const least = leastOpacity(wanted, behind);
      for (const opacity of [least, Math.min(255, least + 37)]) {
        const shown = opacity === 0 ? behind : over(unmixed(wanted, behind, opacity), behind, opacity);
        worst = Math.max(worst, Math.abs(shown - wanted));
      }
    }
  }
  expect(worst).toBeLessThanOrEqual(1);
});
