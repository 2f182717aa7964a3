import type { PipelineRun } from './run.ts';
import { enlargePhoto } from './stages/upscale/enlarge.ts';

/** One photo, two or four times as large. */
export const upscale: PipelineRun = {
  stages: { enlarge: (context) => enlargePhoto(context, ({ inputs }) => inputs['image']!.path) },
};
