import { expect, test } from 'vitest';
import { connectedComponents } from './components.ts';
import { majorityAround } from './majority.ts';
import { absorbSpecks } from './specks.ts';

/** A label map drawn with one digit a pixel. */
function draw(...rows: string[]) {
  return { labels: Uint8Array.from(rows.join('')), size: { width: rows[0]!.length, height: rows.length } };
}

test('areas that touch only at a corner are two', () => {
  const { labels, size } = draw('10', '01');
  expect(connectedComponents(labels, size).areas).toEqual([1, 1, 1, 1]);
});

test('connected areas are numbered in reading order', () => {
  const { labels, size } = draw('110', '100', '222');
  const { of, areas, labels: found } = connectedComponents(labels, size);
  expect(areas).toEqual([3, 3, 3]);
  expect(found).toEqual([1, 0, 2]);
  expect([...of]).toEqual([0, 0, 1, 0, 1, 1, 2, 2, 2]);
});

test('a speck takes the label it borders on most', () => {
  const { labels, size } = draw('111122', '113122', '111122', '111122');
  absorbSpecks(labels, size, 0.1);
  expect(labels).toEqual(draw('111122', '111122', '111122', '111122').labels);
});

test('what is large enough stays', () => {
  const { labels, size } = draw('1122', '1122');
  absorbSpecks(labels, size, 0.5);
  expect(labels).toEqual(draw('1122', '1122').labels);
});

test('the majority drops a thin seam between two labels and leaves straight edges', () => {
  const rows = Array.from({ length: 9 }, () => '11112333');
  const { labels, size } = draw(...rows);
  const smoothed = majorityAround(labels, size, 2);
  expect(smoothed.includes(2)).toBe(false);
  expect([...smoothed.subarray(0, 4)]).toEqual([1, 1, 1, 1]);
  expect([...smoothed.subarray(5, 8)]).toEqual([3, 3, 3]);
});
