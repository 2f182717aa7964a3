import { z } from 'zod';
import { findModel } from '#lib/models/catalogue';
import { CAMERA_STAGES, FRAME_STAGE } from './camera-stages.ts';
import { PICTURE_DIFFUSION_STAGES } from './diffusion-stages.ts';
import { generationParams } from './params/generation.ts';
import { embedMetadata } from './params/metadata.ts';
import { prompt } from './params/prompt.ts';
import { seed } from './params/seed.ts';
import { videoParams } from './params/video.ts';
import type { PipelineDeclaration, PipelineRequest, Review } from './pipeline.ts';
import { readPrompt } from './prompt/read-prompt.ts';
import { videoParamsWith } from './video/model-params.ts';
import { reviewVideo } from './video/review-video.ts';

const ti2vParams = z.strictObject({
  prompt: prompt.meta({
    title: 'Prompt',
    description:
      'How the camera moves, in plain words: “slow push in, handheld, loop”; or what happens, for a model that makes it up.',
  }),
  ...videoParams,
  seed,
  embed_metadata: embedMetadata,
  ...generationParams,
});

export const ti2v: PipelineDeclaration = {
  id: 'ti2v',
  title: 'Photo and prompt to video',
  description:
    'Moves a camera through a photo by its depth, or makes a video that begins with it, as a prompt says.',
  verb: 'Make video',
  images: [
    { name: 'image', label: 'Start image', required: true },
    { name: 'end_image', label: 'End image', required: false },
  ],
  params: ti2vParams,
  paramsWith: (model) => videoParamsWith(model, { isFromPicture: true }),
  modelTask: 'video',
  autoModel: () => 'camera-move',
  tasks: ['video'],
  stages: [FRAME_STAGE, ...CAMERA_STAGES, ...PICTURE_DIFFUSION_STAGES],
  review,
};

/** What the camera makes nothing of is said at once, before it has cost anything. */
function review(request: PipelineRequest): Review {
  const ofVideo = reviewVideo(request, ti2vParams);
  const isFilmed = !findModel(request.model)?.generation;
  const warnings = isFilmed ? readPrompt(String(request.params['prompt'])).warnings : [];
  return { ...ofVideo, warnings: [...warnings, ...ofVideo.warnings] };
}
