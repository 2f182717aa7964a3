import { expect, test } from 'vitest';
import { activityOf } from './activity.ts';

test('an even area, a slope and faint noise are nothing to see; texture is, and an edge around itself', () => {
  const [width, height] = [90, 24];
  const light = Float32Array.from({ length: width * height }, (_, i) => {
    const x = i % width;
    const chequer = (x + Math.floor(i / width)) % 2;
    // A gentle slope with faint noise, an edge at 50, and a texture from 70 on.
    return 0.4 + x * 0.001 + chequer * (x < 70 ? 0.01 : 0.15) + (x < 50 ? 0 : 0.2);
  });
  const activity = activityOf({ width, height, data: light }).data.subarray(12 * width);
  expect(Math.max(...activity.subarray(0, 42))).toBe(0);
  // Six of the seven windows around it see it.
  expect(activity[50]).toBeCloseTo(6 / 7, 5);
  expect(Math.max(...activity.subarray(58, 62))).toBe(0);
  expect(Math.min(...activity.subarray(75, 90))).toBeGreaterThan(0.99);
});
