import { describe, expect, test } from 'vitest';
import { MOVES, type Move, planFor } from '#lib/pipelines/params/camera';
import { drawnPhoto, drawnScene, drawnSceneOverMagenta } from '#tests/drawn-scene';
import { psnr } from '#tests/pixels';
import { edgesOf } from './cover.ts';
import { type View, viewOf } from './geometry.ts';
import { pathOf } from './path.ts';
import { AT_PHOTO } from './pose.ts';
import { Renderer } from './render.ts';
import type { Scene } from './scene.ts';
import { CELL, cornerRow, locateRow } from './warp.ts';

const FRAMES = 16;
const scene = drawnScene();
const overMagenta = drawnSceneOverMagenta();

function viewsOf(move: Move, given: { amount: number; loop?: boolean }): View[] {
  const plan = planFor(move, { loop: false, seed: 42, ...given });
  const path = pathOf(plan, { frameCount: FRAMES, fps: 8 }, scene, edgesOf(scene));
  return path.map((pose) => viewOf(pose, scene));
}

function drawAll(of: Scene, views: View[]): Uint8Array[] {
  const renderer = new Renderer(of);
  return views.map((view) => {
    const rgb = new Uint8Array(of.width * of.height * 3);
    renderer.draw(view, rgb);
    return rgb;
  });
}

test('from where the photo was taken, the scene is the photo', () => {
  const [frame] = drawAll(scene, [viewOf(AT_PHOTO, scene)]);
  expect(psnr(frame!, drawnPhoto(scene).rgb)).toBeGreaterThan(60);
});

/** Pixels that show what is behind everything. */
function holesIn(rgb: Uint8Array): number {
  let holes = 0;
  for (let at = 0; at < rgb.length; at += 3) {
    if (rgb[at]! > 180 && rgb[at + 1]! < 30 && rgb[at + 2]! > 180) holes++;
  }
  return holes;
}

test('a hole would be seen', () => {
  const holed = { ...overMagenta, sheets: [overMagenta.sheets[0]!, overMagenta.sheets[2]!] };
  expect(holesIn(drawAll(holed, viewsOf('pan', { amount: 1 })).at(-1)!)).toBeGreaterThan(1000);
});

/** What the frame's corners and edges show of the background, in pixels of the photo. */
function reachOf(view: View): { x: number[]; y: number[] } {
  const corners = cornerRow(scene);
  const reach = { x: [] as number[], y: [] as number[] };
  for (const y of [0, scene.height - 1]) {
    locateRow(scene.sheets[0]!, scene, view, y, corners);
    for (let x = 0; x < scene.width; x += CELL) {
      reach.x.push(corners.x[x / CELL]! / 2 ** 17);
      reach.y.push(corners.y[x / CELL]! / 2 ** 17);
    }
  }
  return reach;
}

describe.each(MOVES)('%s', (move) => {
  test.each([0.3, 1])('shows no hole and nothing beyond the photo, at an amount of %f', (amount) => {
    const views = viewsOf(move, { amount });
    expect(drawAll(overMagenta, views).map(holesIn)).toEqual(views.map(() => 0));
    const reach = views.map(reachOf);
    const [x, y] = [reach.flatMap((each) => each.x), reach.flatMap((each) => each.y)];
    expect(Math.min(...x, ...y)).toBeGreaterThan(-0.01);
    expect(Math.max(...x)).toBeLessThan(scene.width - 1 + 0.01);
    expect(Math.max(...y)).toBeLessThan(scene.height - 1 + 0.01);
  });
});

/** By how many pixels to the right a row of one frame is that of another, by least differences. */
function shiftOf(from: Uint8Array, to: Uint8Array, y: number): number {
  const { width } = scene;
  const reach = 24;
  const differenceAt = (shift: number) => {
    let sum = 0;
    for (let x = reach; x < width - reach; x++) {
      const [i, j] = [(y * width + x) * 3, (y * width + x + shift) * 3];
      for (let channel = 0; channel < 3; channel++) sum += Math.abs(from[i + channel]! - to[j + channel]!);
    }
    return sum;
  };
  const shifts = Array.from({ length: 2 * reach + 1 }, (_, i) => i - reach);
  return shifts.reduce((best, shift) => (differenceAt(shift) < differenceAt(best) ? shift : best));
}

test('a pan shifts the picture on and on, what is near by more than what is far', () => {
  // Without the zoom that hides the edges, so that a row of the frame is a row of the photo.
  const views = viewsOf('pan', { amount: 1 }).map((view) => ({ ...view, scale: 1 }));
  const frames = drawAll(scene, views);
  const shifts = (y: number) => frames.map((frame) => Math.abs(shiftOf(frames[0]!, frame, y)));
  for (const y of [4, 40]) {
    const all = shifts(y);
    expect(all.every((shift, i) => i === 0 || shift >= all[i - 1]!)).toBe(true);
    expect(all.at(-1)).toBeGreaterThan(3);
  }
  expect(shifts(44).at(-1)).toBeGreaterThan(shifts(2).at(-1)!);
});

test('a loop of frames closes: the last is no further from the first than neighbours are from each other', () => {
  const frames = drawAll(scene, viewsOf('orbit', { amount: 1, loop: true }));
  const neighbours = frames.slice(1).map((frame, i) => psnr(frame, frames[i]!));
  expect(psnr(frames.at(-1)!, frames[0]!)).toBeGreaterThanOrEqual(Math.min(...neighbours));
});
