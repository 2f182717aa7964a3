import { expect, test } from 'vitest';
import { ease, SOFTNESS, thereAndBack } from './ease.ts';

const TIMES = Array.from({ length: 101 }, (_, i) => i / 100);

test.each(Object.entries(SOFTNESS))(
  'a %s way goes from end to end, at rest at both, never back',
  (_, soft) => {
    const places = TIMES.map((time) => ease(time, soft));
    const steps = places.slice(1).map((place, i) => place - places[i]!);
    expect([places[0], places[50], places[100]]).toEqual([0, expect.closeTo(0.5, 9), 1]);
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(Math.max(steps[0]!, steps[99]!)).toBeLessThan(Math.max(...steps) / 20);
  },
);

test('there and back is at rest at both ends and halfway', () => {
  expect([0, 0.5, 1].map(thereAndBack)).toEqual([0, 1, expect.closeTo(0, 9)]);
  expect(thereAndBack(0.51)).toBeCloseTo(thereAndBack(0.49), 9);
});
