import type { FieldError } from '#lib/core/errors';
import type { VideoGeneration } from '#lib/models/generation';
import { fieldError } from '../submission/field-errors.ts';
import type { PipelineRequest, Review } from '../pipeline.ts';
import { fitFrameCount, fitRange, fitSides, type Fitted, type Sides } from './fit-values.ts';

/** How many times longer than the video, for its height, a picture may be and be cut without a word. */
const MOST_CUT = 1.1;

interface Generating {
  title: string;
  generation: VideoGeneration;
}

/**
 * The parameters as a model can carry them out: what was not given is its own, or the picture's; what it cannot make is
 * forced to the nearest that it can, with a warning, or refused where the request is `strict`.
 */
export function settleGeneration(
  model: Generating,
  params: PipelineRequest['params'],
  image: Sides | undefined,
): Required<Review> {
  const { fps, steps, guidance } = model.generation;
  const given = (name: string) => params[name] as number | undefined;
  const fitted = [
    ...fitSides(model.generation, given, image),
    fitFrameCount(model.generation, given('frames')),
    fitRange('fps', fps, given('fps')),
    fitRange('steps', steps, given('steps')),
    fitRange('guidance', guidance, given('guidance')),
  ];
  const values = Object.fromEntries(fitted.map(({ name, value }) => [name, value]));
  const forced = fitted.filter(({ name, value }) => (given(name) ?? value) !== value);
  const isStrict = params['strict'] === true;
  const scheduler = params['scheduler'] ?? model.generation.schedulers[0];
  return {
    errors: [
      ...(isStrict ? forced.map((field) => refused(model, field)) : []),
      ...checkScheduler(model, scheduler),
    ],
    warnings: [
      ...(isStrict ? [] : forced.map((field) => told(model, field, given(field.name)!))),
      ...unreadNegative(params['negative_prompt'], values['guidance']!),
      ...cutPicture(image, { width: values['width']!, height: values['height']! }),
    ],
    params: { ...params, ...values, scheduler },
  };
}

function refused({ title }: Generating, { name, rule, allowed }: Fitted): FieldError {
  return fieldError(name, 'not_possible', `With ${title}, ${name} is ${rule}.`, allowed);
}

function told({ title }: Generating, { name, value, rule }: Fitted, given: number): string {
  return `${name} was ${given}, made ${value}: with ${title} it is ${rule}.`;
}

/** Without guidance there is one pass through the network, and the prompt's it is. */
function unreadNegative(negative: unknown, guidance: number): string[] {
  if (!negative || guidance > 1) return [];
  return ['negative_prompt is read with a guidance above 1 alone; yours changed nothing.'];
}

/** Sides are rounded to what the model can make: so much of a picture is not missed. */
function cutPicture(image: Sides | undefined, { width, height }: Sides): string[] {
  if (!image) return [];
  const ratio = (width * image.height) / (height * image.width);
  if (Math.max(ratio, 1 / ratio) <= MOST_CUT) return [];
  return [`The video is ${width}x${height}: what lies beyond that shape is cut off the picture.`];
}

/** There is no nearest one. */
function checkScheduler({ title, generation }: Generating, scheduler: unknown): FieldError[] {
  const allowed: readonly unknown[] = generation.schedulers;
  if (allowed.includes(scheduler)) return [];
  const message = `With ${title}, scheduler is one of ${allowed.join(', ')}.`;
  return [fieldError('scheduler', 'not_possible', message, allowed)];
}
