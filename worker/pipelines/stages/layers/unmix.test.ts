import { expect, test } from 'vitest';
import { leastOpacity, over, unmixed } from './unmix.ts';

test('what is about right needs no opacity', () => {
  expect(leastOpacity(100, 100)).toBe(0);
  expect(leastOpacity(100, 102)).toBe(0);
});

test('a colour at the end of the scale leaves little to be transparent', () => {
  // 98 of the 100 levels, with no room beyond white.
  expect(leastOpacity(255, 155)).toBe(250);
  expect(unmixed(255, 155, 250)).toBe(255);
});

test('the colour may reach 40 beyond the one wanted', () => {
  // Of 42 levels all but two, with a colour 82 levels away: 255 * 40 / 82.
  expect(leastOpacity(142, 100)).toBe(125);
  expect(unmixed(142, 100, 125)).toBe(186);
});

test('every colour comes back over every other, within two levels', () => {
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
  expect(worst).toBeLessThanOrEqual(2);
});
