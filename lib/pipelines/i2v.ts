import { z } from 'zod';
import { amount, loop, move } from './params/camera.ts';
import { embedMetadata } from './params/metadata.ts';
import { seed } from './params/seed.ts';
import { videoParams } from './params/video.ts';
import type { PipelineDeclaration, PipelineRequest, Review } from './pipeline.ts';

const CAMERA = ['camera-move'];
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
    { name: 'frame', label: 'Fitting the picture', weight: 2 },
    { name: 'depth', label: 'Measuring depth', weight: 15, models: CAMERA },
    { name: 'cut', label: 'Cutting layers', weight: 3, models: CAMERA },
    { name: 'fill', label: 'Filling what is hidden', weight: 20, models: CAMERA },
    { name: 'sheets', label: 'Painting layers', weight: 5, models: CAMERA },
    { name: 'render', label: 'Rendering frames', weight: 55, models: CAMERA },
    { name: 'between', label: 'Making frames in between', weight: 95, models: BETWEEN },
  ],
  review: reviewPrompt,
};

function reviewPrompt({ params }: PipelineRequest): Review {
  const warnings =
    params['prompt'] === undefined ? [] : ['This model reads no prompt; yours changed nothing.'];
  return { errors: [], warnings };
}
