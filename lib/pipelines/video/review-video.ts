import type { z } from 'zod';
import { findModel } from '#lib/models/catalogue';
import type { Model } from '#lib/models/model';
import { fieldError } from '../submission/field-errors.ts';
import { FILMED_FPS } from '../params/video.ts';
import type { PipelineRequest, Review } from '../pipeline.ts';
import { unusedBy } from './model-params.ts';
import { settleGeneration } from './settle-generation.ts';

type Params = PipelineRequest['params'];

/**
 * Hold a request for a video against the model that makes it: what the model makes no use of is left out of the
 * parameters, and what was not given is filled in.
 * @param schema the pipeline's parameters
 */
export function reviewVideo(request: PipelineRequest, schema: z.ZodObject): Review {
  const model = findModel(request.model);
  if (!model) return { errors: [], warnings: [] };
  const unused = unusedBy(model);
  const given = unused.filter((name) => isGiven(request.params, name, schema));
  const rest = { ...request, params: without(request.params, unused) };
  const { errors, warnings, params } = settle(model, rest);
  return {
    errors,
    warnings: [
      ...given.map((name) => `${model.title} makes no use of ${name}; yours changed nothing.`),
      ...warnings,
    ],
    params: inOrder(params, schema),
  };
}

/** Whether anybody said so: what is but the default, nobody needs to be told of. */
function isGiven(params: Params, name: string, schema: z.ZodObject): boolean {
  return params[name] !== undefined && params[name] !== schema.shape[name]?.parse(undefined);
}

function without(params: Params, names: readonly string[]): Params {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));
}

/** As the schema has them, so that the same request is always written down in the same way. */
function inOrder(params: Params, schema: z.ZodObject): Record<string, unknown> {
  const known = Object.keys(schema.shape).filter((name) => params[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, params[name]]));
}

type Settled = Required<Review>;

function settle(model: Model, { params, images }: PipelineRequest): Settled {
  const { generation, title } = model;
  return generation
    ? settleGeneration({ title, generation }, params, images['image'])
    : settleFilming(model, params);
}

function settleFilming({ title }: Model, params: Params): Settled {
  const { default: usual, min, max } = FILMED_FPS;
  const fps = Number(params['fps'] ?? usual);
  const message = `fps is a whole number from ${min} to ${max} with ${title}.`;
  const allowed = { minimum: min, maximum: max };
  const errors = fps < min ? [fieldError('fps', 'too_small', message, allowed)] : [];
  return { errors, warnings: [], params: { ...params, fps } };
}
