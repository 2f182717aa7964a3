import { readPrompt } from '#lib/pipelines/prompt/read-prompt';
import type { PipelineRun } from './run.ts';
import { cameraStages } from './stages/camera/stages.ts';
import { pictureDiffusionStages } from './stages/diffusion/stages.ts';

/** A video from a photo: a camera move through its depth, or one that a network makes up, as the prompt says. */
export const ti2v: PipelineRun = {
  stages: {
    ...cameraStages(({ params: { prompt, seed } }) => ({
      ...readPrompt(String(prompt)).plan,
      seed: Number(seed),
    })),
    ...pictureDiffusionStages,
  },
};
