import '#tests/typescript-children';
import { expect, test } from 'vitest';
import { drawnScene } from '#tests/drawn-scene';
import { framesOf } from './frames.ts';
import { type View, viewOf } from './geometry.ts';
import { AT_PHOTO } from './pose.ts';
import { Renderer } from './render.ts';

const scene = drawnScene();
const views: View[] = Array.from({ length: 9 }, (_, i) => viewOf({ ...AT_PHOTO, z: i / 30 }, scene));

async function all(threads: number): Promise<Uint8Array[]> {
  const frames: Uint8Array[] = [];
  for await (const { rgb } of framesOf(scene, views, threads)) frames.push(rgb);
  return frames;
}

test('frames come in their order, the same bytes whatever the number of threads', async () => {
  const renderer = new Renderer(scene);
  const expected = views.map((view) => {
    const rgb = new Uint8Array(scene.width * scene.height * 3);
    renderer.draw(view, rgb);
    return rgb;
  });
  expect(await all(1)).toEqual(expected);
  expect(await all(2)).toEqual(expected);
});

test('whoever stops asking ends the threads, and a broken scene is said when its frame is due', async () => {
  for await (const frame of framesOf(scene, views, 2)) {
    expect(frame).toMatchObject({ width: scene.width, height: scene.height });
    break;
  }
  const broken = { ...scene, sheets: [{ ...scene.sheets[0]!, texels: null as unknown as Uint32Array }] };
  await expect(framesOf(broken, views, 2).next()).rejects.toThrow(/null/);
});
