import { describe, expect, test } from 'vitest';
import { MOVES, type Move, planFor } from '#lib/pipelines/params/camera';
import { drawnScene } from '#tests/drawn-scene';
import { edgesOf } from './cover.ts';
import { pathOf } from './path.ts';
import { AT_PHOTO, type Pose } from './pose.ts';

const scene = drawnScene();
const edges = edgesOf(scene);
const timing = { frameCount: 48, fps: 24 };

function pathFor(move: Move, given: Partial<{ amount: number; loop: boolean; seed: number }> = {}): Pose[] {
  const plan = planFor(move, { amount: 0.5, loop: false, seed: 42, ...given });
  return pathOf(plan, timing, scene, edges);
}

/** How far two poses are apart, all their numbers together. */
function apart(a: Pose, b: Pose): number {
  return Math.hypot(...Object.keys(a).map((key) => a[key as keyof Pose] - b[key as keyof Pose]));
}

function steps(path: Pose[]): number[] {
  return path.slice(1).map((pose, i) => apart(pose, path[i]!));
}

describe.each(MOVES)('%s', (move) => {
  test('begins at the photo, or ends there', () => {
    const path = pathFor(move);
    expect(path).toHaveLength(48);
    expect(apart(path.at(move === 'pull-out' ? -1 : 0)!, AT_PHOTO)).toBeCloseTo(0, 9);
  });

  test('sets out softly, and never jumps', () => {
    const all = steps(pathFor(move));
    expect(all[0]).toBeLessThan(Math.max(...all) / 4);
    expect(Math.max(...all)).toBeLessThan(0.03);
  });

  test('in a loop, ends one step before it begins', () => {
    const path = pathFor(move, { loop: true });
    expect(apart(path.at(-1)!, path[0]!)).toBeLessThanOrEqual(Math.max(...steps(path)));
    expect(apart(path.at(-1)!, path[0]!)).toBeGreaterThan(0);
    expect(Math.max(...path.map((pose) => apart(pose, path[0]!)))).toBeGreaterThan(0.01);
  });

  test('goes further by a greater amount', () => {
    const [little, much] = [0.3, 1].map((amount) =>
      Math.max(...pathFor(move, { amount }).map((pose) => apart(pose, AT_PHOTO))),
    );
    expect(much).toBeGreaterThan(1.5 * little!);
  });
});

test('a push-in comes closer with every frame and never zooms: the edges go out of sight by themselves', () => {
  const path = pathFor('push-in');
  expect(path.every(({ z }, i) => i === 0 || z > path[i - 1]!.z)).toBe(true);
  expect(path.every(({ zoom }) => zoom === 1)).toBe(true);
});

test('the seed settles how a hand shakes', () => {
  expect(pathFor('handheld', { seed: 7 })).toEqual(pathFor('handheld', { seed: 7 }));
  expect(pathFor('handheld', { seed: 7 })).not.toEqual(pathFor('handheld', { seed: 8 }));
});

test('a hand can shake the camera on its way', () => {
  const plan = { ...planFor('push-in', { amount: 0.5, loop: false, seed: 42 }), shake: 0.5 };
  const [calm, shaken] = [pathFor('push-in'), pathOf(plan, timing, scene, edges)];
  expect(shaken.at(-1)!.z).toBeCloseTo(calm.at(-1)!.z, 1);
  expect(Math.max(...shaken.map(({ x }) => Math.abs(x)))).toBeGreaterThan(0.002);
  expect(apart(shaken[0]!, AT_PHOTO)).toBe(0);
});

test('a move to a side goes where it is told, or else where less of the picture is lost', () => {
  const panning = { ...planFor('pan', { amount: 0.5, loop: false, seed: 42 }) };
  const to = (direction: 'left' | 'right' | 'up' | null) =>
    pathOf({ ...panning, direction }, timing, scene, edges).at(-1)!;
  expect(to('left').x).toBeLessThan(0);
  expect(to('right').x).toBeGreaterThan(0);
  expect(to('up').y).toBeLessThan(0);
  expect(to(null).zoom).toBe(Math.min(to('left').zoom, to('right').zoom));
});
