import { expect, test } from 'vitest';
import { distanceTo } from './distance.ts';

test('a pixel counts 3 to its sides and 4 to its corners', () => {
  const distance = distanceTo((i) => i === 12, { width: 5, height: 5 });
  expect([...distance.subarray(10, 15)]).toEqual([6, 3, 0, 3, 6]);
  // Two right and one down: one side step and one corner.
  expect(distance[3 * 5 + 4]).toBe(7);
  expect(distance[0]).toBe(8);
});

test('the distance stops growing at 255', () => {
  const distance = distanceTo((i) => i === 0, { width: 120, height: 1 });
  expect(distance[84]).toBe(252);
  expect(distance[119]).toBe(255);
});

test('without anything to measure to, everything is far', () => {
  expect(distanceTo(() => false, { width: 3, height: 3 }).every((units) => units === 255)).toBe(true);
});
