import { z } from 'zod';
import { CAMERA_STAGES, FRAME_STAGE } from './camera-stages.ts';
import { embedMetadata } from './params/metadata.ts';
import { seed } from './params/seed.ts';
import { videoParams } from './params/video.ts';
import type { PipelineDeclaration, PipelineRequest, Review } from './pipeline.ts';
import { readPrompt } from './prompt/read-prompt.ts';

const ti2vParams = z.strictObject({
  prompt: z.string().trim().min(3).max(1000).meta({
    title: 'Prompt',
    description: 'How the camera moves, in plain words: “slow push in, handheld, loop”.',
  }),
  ...videoParams,
  seed,
  embed_metadata: embedMetadata,
});

export const ti2v: PipelineDeclaration = {
  id: 'ti2v',
  title: 'Photo and prompt to video',
  description: 'Moves a camera through a photo by its depth, as a prompt says.',
  verb: 'Make video',
  images: [
    { name: 'image', label: 'Start image', required: true },
    { name: 'end_image', label: 'End image', required: false },
  ],
  params: ti2vParams,
  modelTask: 'video',
  autoModel: () => 'camera-move',
  tasks: ['video'],
  stages: [FRAME_STAGE, ...CAMERA_STAGES],
  review: reviewPrompt,
};

/** What the camera makes nothing of is said at once, before it has cost anything. */
function reviewPrompt({ params }: PipelineRequest): Review {
  return { errors: [], warnings: readPrompt(String(params['prompt'])).warnings };
}
