import { expect, test } from 'vitest';
import { approach, followShare, isSettled, overscaleOf, sheetTransform, type View } from './parallax.ts';

const CORNERS = [-1, 0, 1].flatMap((x) => [-1, 0, 1].map((y): View => ({ x, y, apart: 0 })));
const DEPTHS = [0, 0.2, 0.4, 0.7, 1];

/** Shift in percent and scale, read back from a transform. */
function parse(transform: string) {
  const [, x, y, scale] = /translate3d\((.+)%, (.+)%, .+\) scale\((.+)\)/.exec(transform)!;
  return { x: Number(x), y: Number(y), scale: Number(scale) };
}

test.each([1, 6, 14])('with a travel of %d percent no edge of a sheet comes into the picture', (travel) => {
  for (const view of CORNERS) {
    for (const depth of DEPTHS) {
      const { x, y, scale } = parse(sheetTransform(depth, view, travel, 800));
      const marginPercent = ((scale - 1) / 2) * 100;
      expect(marginPercent).toBeGreaterThanOrEqual(Math.max(Math.abs(x), Math.abs(y)) - 0.01);
    }
  }
});

test('near and far sheets go opposite ways, and all of them show the same part of the picture at rest', () => {
  const aside: View = { x: 1, y: 0, apart: 0 };
  expect(parse(sheetTransform(0, aside, 6, 800)).x).toBeGreaterThan(0);
  expect(parse(sheetTransform(1, aside, 6, 800)).x).toBeLessThan(0);
  const atRest: View = { x: 0, y: 0, apart: 0 };
  for (const depth of DEPTHS) {
    expect(parse(sheetTransform(depth, atRest, 6, 800))).toEqual({ x: 0, y: 0, scale: overscaleOf(6) });
  }
});

test('a view that approaches its goal settles there', () => {
  const goal: View = { x: 1, y: -1, apart: 1 };
  let view: View = { x: -1, y: 1, apart: 0 };
  let frames = 0;
  while (!isSettled(view, goal) && frames < 200) {
    view = approach(view, goal, 0.11);
    frames += 1;
  }
  expect(frames).toBeLessThan(120);
});

test('a fast screen shows the same motion as a slow one', () => {
  const goal: View = { x: 1, y: 1, apart: 1 };
  const after = (framesPerSecond: number) => {
    let view: View = { x: 0, y: 0, apart: 0 };
    for (let frame = 0; frame < framesPerSecond / 2; frame++)
      view = approach(view, goal, followShare(1000 / framesPerSecond));
    return view.x;
  };
  expect(after(120)).toBeCloseTo(after(60), 10);
  expect(after(60)).toBeCloseTo(after(30), 10);
});
