import type { VideoGeneration } from '../generation.ts';

/** Something of a request that the model cannot make as it was asked for. */
export interface Forced {
  field: 'frames' | 'width' | 'height';
  asked: number;
  given: number;
}

/** What a model makes of a request, and where that is not what was asked for. */
export interface Fit<T> {
  value: T;
  forced: Forced[];
}

interface Size {
  width: number;
  height: number;
}

/**
 * A number of frames by the model's rule, k steps and one more, within its bounds: 80 become 81 where the step is 4,
 * and 79 become 77, as the published pipelines have it (DIFFUSION.md A2).
 */
export function fitFrames(asked: number, { frames }: VideoGeneration): Fit<number> {
  const { step, min, max } = frames;
  const byRule = asked % step === 1 % step ? asked : step * Math.floor(asked / step) + 1;
  const given = Math.min(max, Math.max(min, byRule));
  return { value: given, forced: forced('frames', asked, given) };
}

/**
 * A size whose sides the model can make: scaled down to the pixels it can hold, if there are more, then rounded down
 * to its multiple, and no side under its least.
 */
export function fitSize(asked: Size, generation: VideoGeneration): Fit<Size> {
  const { maxPixels } = generation.size;
  const scale = Math.min(1, Math.sqrt(maxPixels / (asked.width * asked.height)));
  const width = scale === 1 ? asked.width : asked.width * scale;
  const height = scale === 1 ? asked.height : asked.height * scale;
  return withinBounds({ width, height }, asked, generation);
}

/**
 * The size of a video that begins with a picture of this size: about as many pixels as the model's default, in the
 * picture's shape (DIFFUSION.md A2). A side is forced where the shape is too long for the model.
 */
export function sizeForImage(image: Size, generation: VideoGeneration): Fit<Size> {
  const usual = generation.size.default;
  const area = usual.width * usual.height;
  const ratio = image.height / image.width;
  const ideal = { width: Math.round(Math.sqrt(area / ratio)), height: Math.round(Math.sqrt(area * ratio)) };
  const { multiple } = generation.size;
  const rounded = { width: roundDown(ideal.width, multiple), height: roundDown(ideal.height, multiple) };
  return withinBounds(ideal, rounded, generation);
}

/**
 * `wanted`, rounded down, as far as the model goes: where one side has to be longer, the other has room only for the
 * rest.
 */
function withinBounds(
  wanted: Size,
  asked: Size,
  { size: { multiple, min, maxPixels } }: VideoGeneration,
): Fit<Size> {
  const width = Math.max(min, roundDown(wanted.width, multiple));
  const height = Math.max(min, roundDown(wanted.height, multiple));
  const value = {
    width: Math.min(width, Math.max(min, roundDown(maxPixels / height, multiple))),
    height: Math.min(height, Math.max(min, roundDown(maxPixels / width, multiple))),
  };
  return {
    value,
    forced: [...forced('width', asked.width, value.width), ...forced('height', asked.height, value.height)],
  };
}

function roundDown(value: number, multiple: number): number {
  return multiple * Math.floor(value / multiple);
}

function forced(field: Forced['field'], asked: number, given: number): Forced[] {
  return asked === given ? [] : [{ field, asked, given }];
}
