import { expect, test } from 'vitest';
import { Pace } from './pace.ts';

test('a step takes the mean of those since the stage began, which may be in its middle', () => {
  const pace = new Pace();
  expect(pace.reach(7, 1_000)).toBeUndefined();
  expect(pace.reach(8, 1_400)).toBe(400);
  expect(pace.reach(10, 2_500)).toBe(500);
});

test('loading a model is in no step, and leaves standing what was known', () => {
  const pace = new Pace();
  pace.reach(0, 0);
  pace.startAt(0, 60_000);
  expect(pace.reach(0, 60_001)).toBeUndefined();
  expect(pace.reach(2, 60_800)).toBe(400);
  pace.startAt(2, 90_000);
  expect(pace.reach(2, 90_000)).toBe(400);
  expect(pace.reach(3, 90_600)).toBe(600);
});
