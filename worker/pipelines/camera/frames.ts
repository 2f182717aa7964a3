import { Piscina } from 'piscina';
import type { Picture } from '#worker/pipelines/raster/size';
import type { View } from './geometry.ts';
import type { Scene } from './scene.ts';

/** Frames that are made ahead of the one that is asked for, for each thread. */
const AHEAD = 2;

/**
 * What each view shows of a scene, in their order. Threads of their own draw them, as many at once as told, and no
 * further ahead than there is use for; they end with the last frame, or where no more is asked for.
 */
export async function* framesOf(
  scene: Scene,
  views: readonly View[],
  threads: number,
): AsyncGenerator<Picture, void> {
  const pool = new Piscina<View, Uint8Array>({
    filename: new URL('./frame-thread.mjs', import.meta.url).href,
    minThreads: threads,
    maxThreads: threads,
    workerData: scene,
    // As this process was started, which is how it reads TypeScript.
    execArgv: process.execArgv,
    atomics: 'disabled',
  });
  const underWay: Promise<Uint8Array>[] = [];
  try {
    for (const view of views) {
      const frame = pool.run(view);
      // One that fails is said when its turn comes, which may be never.
      frame.catch(() => undefined);
      underWay.push(frame);
      if (underWay.length > threads * AHEAD) yield pictureOf(scene, await underWay.shift()!);
    }
    for (const frame of underWay) yield pictureOf(scene, await frame);
  } finally {
    await pool.destroy();
  }
}

function pictureOf({ width, height }: Scene, rgb: Uint8Array): Picture {
  return { width, height, rgb };
}
