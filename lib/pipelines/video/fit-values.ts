import { fitFrames, fitSize, sizeForImage } from '#lib/models/contract/normalise-size';
import type { Range, VideoGeneration } from '#lib/models/generation';
import { rangeWords } from '../model-params.ts';
import type { PipelineRequest } from '../pipeline.ts';

/** Pixels. */
export type Sides = PipelineRequest['images'][string];

/** What a parameter becomes, and which values it can have. */
export interface Fitted {
  name: string;
  value: number;
  /** As the end of “frames is …”. */
  rule: string;
  allowed: unknown;
}

/** Width and height, in that order. */
export function fitSides(
  generation: VideoGeneration,
  given: (name: string) => number | undefined,
  image: Sides | undefined,
): Fitted[] {
  const wanted = wantedSize(generation, { width: given('width'), height: given('height') }, image);
  const { value: made } = fitSize(wanted, generation);
  const { multiple, min, maxPixels } = generation.size;
  const rule = sideWords(generation.size);
  const allowed = { minimum: min, multipleOf: multiple, maxPixels };
  return (['width', 'height'] as const).map((name) => ({ name, value: made[name], rule, allowed }));
}

/** A side that is not given is as the picture's shape has it, or the model's own. */
function wantedSize(
  generation: VideoGeneration,
  { width, height }: Partial<Sides>,
  image: Sides | undefined,
): Sides {
  if (image && width === undefined && height === undefined) return sizeForImage(image, generation).value;
  const usual = generation.size.default;
  if (!image) return { width: width ?? usual.width, height: height ?? usual.height };
  return {
    width: width ?? (height! * image.width) / image.height,
    height: height ?? (width! * image.height) / image.width,
  };
}

export function fitFrameCount(generation: VideoGeneration, given: number | undefined): Fitted {
  const { default: usual, min, max, step } = generation.frames;
  const allowed = Array.from({ length: (max - min) / step + 1 }, (_, index) => min + index * step);
  const rule = frameWords(generation.frames);
  return { name: 'frames', value: fitFrames(given ?? usual, generation).value, rule, allowed };
}

export function fitRange(name: string, range: Range, given: number | undefined): Fitted {
  const { default: usual, min, max } = range;
  const value = Math.min(max, Math.max(min, given ?? usual));
  return { name, value, rule: rangeWords(range), allowed: { minimum: min, maximum: max } };
}

/** As the end of “width is …”. */
export function sideWords({ multiple, min, maxPixels }: VideoGeneration['size']): string {
  return `a multiple of ${multiple} from ${min}, width times height at most ${maxPixels}`;
}

/** As the end of “frames is …”. */
export function frameWords({ step, min, max }: VideoGeneration['frames']): string {
  return `a multiple of ${step} and one more, from ${min} to ${max}`;
}
