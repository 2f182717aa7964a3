import { readPrompt } from '#lib/pipelines/prompt/read-prompt';
import type { PipelineRun } from './run.ts';
import { cameraStages } from './stages/camera/stages.ts';

/** A video from a photo: a camera move through its depth, as the prompt says. */
export const ti2v: PipelineRun = {
  stages: cameraStages(({ params: { prompt, seed } }) => ({
    ...readPrompt(String(prompt)).plan,
    seed: Number(seed),
  })),
};
