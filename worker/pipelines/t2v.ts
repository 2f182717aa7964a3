import type { PipelineRun } from './run.ts';
import { diffusionStages } from './stages/diffusion/stages.ts';

/** A video out of noise, as a prompt says. */
export const t2v: PipelineRun = { stages: diffusionStages };
