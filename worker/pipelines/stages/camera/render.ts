import type { CameraPlan } from '#lib/pipelines/params/camera';
import { frameCountOf, type VideoParams } from '#lib/pipelines/params/video';
import { edgesOf } from '#worker/pipelines/camera/cover';
import { framesOf } from '#worker/pipelines/camera/frames';
import { viewOf } from '#worker/pipelines/camera/geometry';
import { pathOf } from '#worker/pipelines/camera/path';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { film } from '../video/film.ts';
import { readScene } from './sheets.ts';

/** Move the camera through the scene as planned, and film it. Writes what `film` does. */
export async function renderMove(context: StageContext, plan: CameraPlan): Promise<WrittenFile[]> {
  const scene = await readScene(context);
  const { width, height } = scene;
  // They were checked when the job was taken.
  const params = context.params as unknown as VideoParams;
  const { fps, extra_format: extraFormat } = params;
  const frameCount = frameCountOf(params);
  const poses = pathOf(plan, { frameCount, fps }, scene, edgesOf(scene));
  const views = poses.map((pose) => viewOf(pose, scene));
  const frames = framesOf(scene, views, context.threads);
  return film(context, frames, { width, height, fps, frameCount, extraFormat });
}
