import { expect, test } from 'vitest';
import { raiseSubject } from './subject.ts';

const size = { width: 40, height: 40 };

function plane(valueAt: (x: number, y: number) => number) {
  return {
    ...size,
    data: Float32Array.from({ length: 1600 }, (_, i) => valueAt(i % 40, Math.floor(i / 40))),
  };
}

const standing = plane((x, y) => (x >= 15 && x < 25 && y >= 5 && y < 35 ? 1 : 0));

test('what stands on the ground gets the depth of its foot, from top to bottom', () => {
  const ground = plane((_, y) => y / 40);
  const raised = raiseSubject(ground, standing, 0.1).data;
  const [head, foot] = [raised[6 * 40 + 20]!, raised[33 * 40 + 20]!];
  expect(head).toBeGreaterThan(0.7);
  expect(foot - head).toBeLessThan(0.1);
  expect(head).toBeGreaterThan(raised[6 * 40 + 5]!);
});

test('beside the subject nothing changes', () => {
  const ground = plane((_, y) => y / 40);
  const raised = raiseSubject(ground, standing, 0.1).data;
  const outside = (_: number, i: number) => standing.data[i] === 0;
  expect(raised.filter(outside)).toEqual(ground.data.filter(outside));
});

test('an empty matte changes nothing', () => {
  const ground = plane((x, y) => (x + y) / 80);
  expect(
    raiseSubject(
      ground,
      plane(() => 0),
      0.1,
    ).data,
  ).toEqual(ground.data);
});

/** Matte across a subject ten pixels wide, with soft edges of two. */
function share(from: number, x: number): number {
  if (x < from - 2 || x > from + 11) return 0;
  return x < from || x > from + 9 ? 0.45 : 1;
}

test('between two subjects, each soft edge takes the depth of its own', () => {
  // In columns 4-13 one with its feet at row 19, in columns 24-33 one at row 35: farther and nearer.
  const matte = plane((x, y) => (y < 4 ? 0 : Math.max(y < 20 ? share(4, x) : 0, y < 36 ? share(24, x) : 0)));
  const raised = raiseSubject(
    plane((_, y) => y / 40),
    matte,
    0,
  ).data;
  const row = raised.subarray(10 * 40, 11 * 40);
  for (const x of [2, 3, 14, 15]) expect(row[x]).toBeCloseTo(row[2]!);
  for (const x of [22, 23, 34, 35]) expect(row[x]).toBeCloseTo(row[35]!);
  expect(row[22]).toBeGreaterThan(row[15]! + 0.1);
});
