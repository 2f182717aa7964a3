import { quantile } from '#worker/pipelines/raster/levels';
import { disparityOf } from './geometry.ts';
import type { Depths } from './relief.ts';

/** The part of the picture that it is taken to be about, and how near among what is there: most of that lies behind. */
const MIDDLE = { from: 0.25, to: 0.75 };
const SHARE = 0.75;

/** Disparity of what a picture is about: what is rather near in its middle. */
export function focusOf({ width, height, nearness }: Omit<Depths, 'bands'>): number {
  const inside: number[] = [];
  for (let y = Math.floor(MIDDLE.from * height); y < MIDDLE.to * height; y += 2) {
    for (let x = Math.floor(MIDDLE.from * width); x < MIDDLE.to * width; x += 2) {
      inside.push(nearness[y * width + x]! / 65535);
    }
  }
  return disparityOf(quantile(inside, SHARE));
}
