import { z } from 'zod';
import { settings } from '#lib/config/settings';
import { obstacleTo } from '#lib/models/availability';
import { AUTO, fittingModels } from '#lib/models/selection';
import { isPresent } from '#lib/models/weights';
import { DIFFUSION_STAGES } from './diffusion-stages.ts';
import { generationParams } from './params/generation.ts';
import { embedMetadata } from './params/metadata.ts';
import { prompt } from './params/prompt.ts';
import { seed } from './params/seed.ts';
import { extraFormat, fps } from './params/video.ts';
import type { PipelineDeclaration } from './pipeline.ts';
import { videoParamsWith } from './video/model-params.ts';
import { reviewVideo } from './video/review-video.ts';

const t2vParams = z.strictObject({
  prompt: prompt.meta({
    title: 'Prompt',
    description: 'What the video shows, and how it moves.',
    examples: ['a small red circle moves left over night'],
  }),
  ...generationParams,
  fps,
  seed,
  extra_format: extraFormat,
  embed_metadata: embedMetadata,
});

export const t2v: PipelineDeclaration = {
  id: 't2v',
  title: 'Prompt to video',
  description: 'Makes a video of what a prompt says, out of noise: no picture needed.',
  verb: 'Make video',
  images: [],
  params: t2vParams,
  paramsWith: (model) => videoParamsWith(model, { isFromPicture: false }),
  modelTask: 'video',
  autoModel: bestModel,
  tasks: ['video'],
  stages: DIFFUSION_STAGES,
  review: (request) => reviewVideo(request, t2vParams),
};

/** The best that is on this machine and fits into it; where none is, the least, which is the soonest to come. */
function bestModel(): string {
  const models = fittingModels({ task: 'video', pipeline: 't2v' }).filter((model) => !obstacleTo(model));
  const present = models.find((model) => isPresent(settings().weightsDir, model));
  return (present ?? models.at(-1))?.id ?? AUTO;
}
