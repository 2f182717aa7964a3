import { openVideoGraphs } from '#worker/diffusion/graphs/open-video-graphs';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { readFloats } from '../float-file.ts';
import { modelFor } from '../model.ts';
import { film } from '../video/film.ts';
import { LATENTS_FILE } from './denoise.ts';
import { latentShape, requestOf, valuesOf } from './request.ts';

/**
 * The video of the latents. Frames go into the encoder as the decoder gives them, a group for each latent frame: beside the
 * latents no more than two groups of them are held, however long the video.
 */
export async function decodeVideo(context: StageContext): Promise<WrittenFile[]> {
  const { sessions, fileOf, outDir, progress } = context;
  const request = requestOf(context);
  const graphs = await openVideoGraphs(sessions, modelFor(context, 'video'));
  const shape = latentShape(graphs.index, request);
  const latents = await readFloats(fileOf('denoise', LATENTS_FILE), valuesOf(shape));
  const { width, height, fps, frames: frameCount, extra_format: extraFormat } = request;
  const frames = graphs.decode(latents, shape, { scratchDir: outDir, watch: progress });
  // The decoder counts its own runs, since in tiles frames come last: what film counts would begin anew.
  const quiet = { ...context, progress: () => undefined };
  return film(quiet, frames, { width, height, fps, frameCount, extraFormat });
}
