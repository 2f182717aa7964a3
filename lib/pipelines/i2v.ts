import { z } from 'zod';
import { CAMERA_STAGES, FRAME_STAGE } from './camera-stages.ts';
import { amount, loop, move } from './params/camera.ts';
import { embedMetadata } from './params/metadata.ts';
import { seed } from './params/seed.ts';
import { videoParams } from './params/video.ts';
import type { PipelineDeclaration, PipelineRequest, Review } from './pipeline.ts';

const BETWEEN = ['rife'];

const i2vParams = z.strictObject({
  move,
  amount,
  ...videoParams,
  loop,
  seed,
  embed_metadata: embedMetadata,
  prompt: z
    .string()
    .trim()
    .min(3)
    .max(1000)
    .optional()
    .meta({ title: 'Prompt', description: 'For models that read one.' }),
});

export const i2v: PipelineDeclaration = {
  id: 'i2v',
  title: 'Photo to video',
  description: 'Moves a camera through a photo by its depth, or goes from one photo to another.',
  verb: 'Make video',
  images: [
    { name: 'image', label: 'Start image', required: true },
    { name: 'end_image', label: 'End image', required: false },
  ],
  params: i2vParams,
  modelTask: 'video',
  autoModel: ({ endImage }) => (endImage ? 'rife' : 'camera-move'),
  tasks: ['video'],
  stages: [
    FRAME_STAGE,
    ...CAMERA_STAGES,
    { name: 'between', label: 'Making frames in between', weight: 95, models: BETWEEN },
  ],
  review: reviewPrompt,
};

function reviewPrompt({ params }: PipelineRequest): Review {
  const warnings =
    params['prompt'] === undefined ? [] : ['This model reads no prompt; yours changed nothing.'];
  return { errors: [], warnings };
}
