import type { PipelineRun } from './run.ts';
import { measureDepth } from './stages/depth/depth.ts';
import { composeLayers } from './stages/layers/compose.ts';
import { cutLayers } from './stages/layers/cut.ts';
import { fillHidden } from './stages/layers/fill.ts';

/** One photo, cut into layers by depth. */
export const photoRealistic: PipelineRun = {
  stages: { depth: measureDepth, cut: cutLayers, fill: fillHidden, compose: composeLayers },
};
