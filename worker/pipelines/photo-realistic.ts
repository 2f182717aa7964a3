import type { PipelineRun } from './run.ts';
import { layerStages } from './stages/layers/stages.ts';

/** One photo, cut into layers by depth. */
export const photoRealistic: PipelineRun = {
  stages: layerStages(({ inputs }) => inputs['image']!.path),
};
