import { expect, test } from 'vitest';
import { nearestLabel } from './nearest-label.ts';

test('what does not spread takes the label nearest to it, from every side', () => {
  const labels = Uint8Array.from('100000200000000003000', Number);
  const nearest = nearestLabel(labels, { width: 7, height: 3 }, (label) => label !== 0);
  expect([...nearest.subarray(0, 3)]).toEqual([1, 1, 1]);
  expect([...nearest.subarray(4, 7)]).toEqual([2, 2, 2]);
  expect([...nearest.subarray(15, 20)]).toEqual([3, 3, 3, 3, 3]);
});

test('where nothing spreads, nothing changes', () => {
  const labels = Int32Array.of(4, 5, 6, 7);
  expect(nearestLabel(labels, { width: 2, height: 2 }, () => false)).toEqual(labels);
});
