import type { CameraPlan } from '#lib/pipelines/params/camera';
import type { StageContext, StageRun } from '#worker/pipelines/run';
import { MOVED_RIM } from '../layers/hidden.ts';
import { layerStages } from '../layers/stages.ts';
import { fitFrames, START_FRAME_FILE } from '../video/frame.ts';
import { renderMove } from './render.ts';
import { paintSheets } from './sheets.ts';

type CameraStage = 'frame' | 'depth' | 'cut' | 'fill' | 'sheets' | 'render';

/** Sheets that the camera goes between: more show no more depth, and take longer. */
const SHEETS = 5;

function startFrame({ fileOf }: StageContext): string {
  return fileOf('frame', START_FRAME_FILE);
}

/** The stages that move a camera through a job's start image, in their order. `planOf` says how it is to move. */
export function cameraStages(planOf: (context: StageContext) => CameraPlan): Record<CameraStage, StageRun> {
  const { depth, cut, fill } = layerStages(startFrame, { layersOf: () => SHEETS, rim: MOVED_RIM });
  return {
    frame: fitFrames,
    depth,
    cut,
    fill,
    sheets: (context) => paintSheets(context, startFrame),
    render: (context) => renderMove(context, planOf(context)),
  };
}
