import type { StageRun } from '#worker/pipelines/run';
import { encodePictures } from './condition.ts';
import { decodeVideo } from './decode.ts';
import { denoise } from './denoise.ts';
import { encodePrompts } from './text.ts';

/** The stages of a video that is made out of noise as a prompt says. */
export const diffusionStages = { text: encodePrompts, denoise, decode: decodeVideo } satisfies Record<
  string,
  StageRun
>;

/** The same where it begins with a picture. */
export const pictureDiffusionStages = { ...diffusionStages, condition: encodePictures } satisfies Record<
  string,
  StageRun
>;
