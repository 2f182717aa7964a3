import { z } from 'zod';
import { findModel } from '#lib/models/catalogue';
import type { Model } from '#lib/models/model';
import { CAMERA_STAGES, FRAME_STAGE } from './camera-stages.ts';
import { PICTURE_DIFFUSION_STAGES } from './diffusion-stages.ts';
import { amount, loop, move } from './params/camera.ts';
import type { ModelParams } from './model-params.ts';
import { generationParams } from './params/generation.ts';
import { embedMetadata } from './params/metadata.ts';
import { prompt } from './params/prompt.ts';
import { seed } from './params/seed.ts';
import { videoParams } from './params/video.ts';
import type { PipelineDeclaration, PipelineRequest, Review } from './pipeline.ts';
import { videoParamsWith } from './video/model-params.ts';
import { reviewVideo } from './video/review-video.ts';

const BETWEEN = ['rife'];

const i2vParams = z.strictObject({
  move,
  amount,
  ...videoParams,
  loop,
  seed,
  embed_metadata: embedMetadata,
  prompt: prompt.optional().meta({ title: 'Prompt', description: 'For models that read one.' }),
  ...generationParams,
});

export const i2v: PipelineDeclaration = {
  id: 'i2v',
  title: 'Photo to video',
  description:
    'Moves a camera through a photo by its depth, goes from one photo to another, or makes a video that begins with one.',
  verb: 'Make video',
  images: [
    { name: 'image', label: 'Start image', required: true },
    { name: 'end_image', label: 'End image', required: false },
  ],
  params: i2vParams,
  paramsWith,
  modelTask: 'video',
  autoModel: ({ endImage }) => (endImage ? 'rife' : 'camera-move'),
  tasks: ['video'],
  stages: [
    FRAME_STAGE,
    ...CAMERA_STAGES,
    { name: 'between', label: 'Making frames in between', weight: 95, models: BETWEEN },
    ...PICTURE_DIFFUSION_STAGES,
  ],
  review,
};

/** What films a photo takes its move by name. */
function paramsWith(model: Model): ModelParams {
  const { unused, own } = videoParamsWith(model, { isFromPicture: true });
  return { unused: model.generation ? unused : [...unused, 'prompt'], own };
}

function review(request: PipelineRequest): Review {
  const ofVideo = reviewVideo(request, i2vParams);
  const isRead = request.params['prompt'] === undefined || findModel(request.model)?.generation;
  const warnings = isRead ? [] : ['This model reads no prompt; yours changed nothing.'];
  return { ...ofVideo, warnings: [...warnings, ...ofVideo.warnings] };
}
