import type { PipelineRun } from './run.ts';
import { composeCutout } from './stages/cutout/compose.ts';
import { findSubject } from './stages/cutout/matte.ts';
import { followEdges } from './stages/cutout/refine.ts';

/** The subject of one photo, on transparency. */
export const cutout: PipelineRun = {
  stages: { matte: findSubject, refine: followEdges, compose: composeCutout },
};
