import type { VideoGeneration } from '#lib/models/generation';
import type { Model } from '#lib/models/model';
import { choiceRule, type ModelParams, type OwnRule, rangeRule } from '../model-params.ts';
import { FILMED_FPS } from '../params/video.ts';
import { frameWords, sideWords } from './fit-values.ts';

/** What only models that film pictures go by, and what only those that make video out of noise do. */
const FILMING = ['move', 'amount', 'loop', 'duration_seconds', 'resolution'];
const GENERATING = [
  'negative_prompt',
  'width',
  'height',
  'frames',
  'steps',
  'guidance',
  'scheduler',
  'strict',
];
/** RIFE goes from picture to picture, without a camera. */
const UNUSED: Readonly<Record<string, readonly string[]>> = { rife: [...GENERATING, 'move', 'amount'] };

/** The size of a video that begins with a picture, where none is given. */
const AS_PICTURE = 'as the picture';

/** Names of the parameters of videos that a model makes no use of. */
export function unusedBy({ id, generation }: Model): readonly string[] {
  return UNUSED[id] ?? (generation ? FILMING : GENERATING);
}

/**
 * What a model makes of the parameters of a video.
 * @param isFromPicture whether a size that is not given is the picture's
 */
export function videoParamsWith(model: Model, { isFromPicture }: { isFromPicture: boolean }): ModelParams {
  const { generation } = model;
  const own = generation ? generatedRules(generation, isFromPicture) : { fps: rangeRule(FILMED_FPS) };
  return { unused: unusedBy(model), own };
}

function generatedRules(generation: VideoGeneration, isFromPicture: boolean): Record<string, OwnRule> {
  const { size, frames, fps, steps, guidance, schedulers } = generation;
  const usual = isFromPicture ? { width: AS_PICTURE, height: AS_PICTURE } : size.default;
  return {
    width: { ...sideRule(size), usual: usual.width },
    height: { ...sideRule(size), usual: usual.height },
    frames: { ...rangeRule(frames), step: frames.step, rule: frameWords(frames) },
    fps: rangeRule(fps),
    steps: rangeRule(steps),
    guidance: rangeRule(guidance),
    scheduler: choiceRule(schedulers),
  };
}

/** With the other side as short as it can be, a side is longest. */
function sideRule(size: VideoGeneration['size']): OwnRule {
  const { multiple, min, maxPixels } = size;
  const maximum = Math.floor(maxPixels / min / multiple) * multiple;
  return { minimum: min, maximum, step: multiple, rule: sideWords(size) };
}
