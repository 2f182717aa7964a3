import { planFor } from '#lib/pipelines/params/camera';
import { edgesOf } from '#worker/pipelines/camera/cover';
import { framesOf } from '#worker/pipelines/camera/frames';
import { viewOf } from '#worker/pipelines/camera/geometry';
import { pathOf } from '#worker/pipelines/camera/path';
import { readScene } from '#worker/pipelines/stages/camera/sheets';
import type { StageContext } from '#worker/pipelines/run';

const FPS = 30;
const FRAMES = 120;
const THREADS = 2;

/** Frames a second that a camera move is rendered with, before any is encoded, from the files of its stages. */
export async function renderingRate(fileOf: StageContext['fileOf']): Promise<number> {
  const scene = await readScene({ fileOf } as StageContext);
  const plan = planFor('orbit', { amount: 0.5, loop: false, seed: 42 });
  const poses = pathOf(plan, { frameCount: FRAMES, fps: FPS }, scene, edgesOf(scene));
  const frames = framesOf(
    scene,
    poses.map((pose) => viewOf(pose, scene)),
    THREADS,
  );
  // The threads start up with the first.
  await frames.next();
  const startedAt = performance.now();
  let count = 0;
  for await (const _ of frames) count++;
  return (count * 1000) / (performance.now() - startedAt);
}
