import type { PipelineRun, StageContext } from './run.ts';
import { measureDepth } from './stages/depth/depth.ts';
import { layerStages } from './stages/layers/stages.ts';
import { paintPhoto } from './stages/paint/paint.ts';
import { PAINTED_FILE } from './stages/paint/write-painting.ts';

/** One photo, repainted and cut into layers by depth, which is measured in the photo: networks know photos best. */
export const painterly: PipelineRun = {
  stages: {
    paint: (context) => paintPhoto(context, photo),
    ...layerStages(painted),
    depth: (context) => measureDepth(context, photo),
  },
};

function photo({ inputs }: StageContext): string {
  return inputs['image']!.path;
}

function painted({ fileOf }: StageContext): string {
  return fileOf('paint', PAINTED_FILE);
}
