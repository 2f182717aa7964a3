import { type Move, planFor } from '#lib/pipelines/params/camera';
import type { PipelineRun, StageContext } from './run.ts';
import { cameraStages } from './stages/camera/stages.ts';
import { pictureDiffusionStages } from './stages/diffusion/stages.ts';
import { makeBetween } from './stages/video/between.ts';

/** A video from a photo: a camera move through its depth, motion from it to another, or one that a network makes up. */
export const i2v: PipelineRun = {
  stages: { ...cameraStages(planOf), between: makeBetween, ...pictureDiffusionStages },
};

/** What the job's parameters ask of the camera: they were checked when it was taken. */
function planOf({ params }: StageContext) {
  const { move, amount, loop, seed } = params;
  return planFor(move as Move, { amount: Number(amount), loop: loop === true, seed: Number(seed) });
}
