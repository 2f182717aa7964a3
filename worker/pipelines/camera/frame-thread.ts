import { move, workerData } from 'piscina';
import type { View } from './geometry.ts';
import { Renderer } from './render.ts';
import type { Scene } from './scene.ts';

const scene = workerData as Scene;
const renderer = new Renderer(scene);

/** Entry of a pool thread: one frame of the scene that its pool is for, interleaved RGB, handed over without a copy. */
export default function drawFrame(view: View): unknown {
  const rgb = new Uint8Array(scene.width * scene.height * 3);
  renderer.draw(view, rgb);
  return move(rgb);
}
