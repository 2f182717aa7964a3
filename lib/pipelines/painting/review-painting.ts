import type { FieldError } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import type { PictureGeneration, Range } from '#lib/models/generation';
import type { Model } from '#lib/models/model';
import type { PipelineRequest, Review } from '../pipeline.ts';
import { fieldError } from '../submission/field-errors.ts';
import { PROMPTED, STYLED } from './model-params.ts';
import { promptLack, promptModel } from './prompt-models.ts';

type Params = PipelineRequest['params'];

/**
 * Hold a request for a painting against the model that paints it: what the model makes no use of is left out of the
 * parameters, with a word, and what was not given is filled in.
 * @param usualStyle the style of a request that says nothing of it
 */
export function reviewPainting({ model: id, params }: PipelineRequest, usualStyle: string): Review {
  const model = findModel(id);
  return model?.repaints
    ? reviewPrompted({ ...model, repaints: model.repaints }, params, usualStyle)
    : reviewStyled(model, params);
}

/** A model that is open until the job begins is one with styles, or the request would have got another. */
function reviewStyled(model: Model | undefined, params: Params): Review {
  const given = PROMPTED.filter((name) => params[name] !== undefined);
  if (given.length === 0) return { errors: [], warnings: [] };
  const warnings = given.map((name) => unused(model?.title ?? 'This model', name));
  if (given.includes('prompt')) warnings.push(...wayToPrompt());
  return { errors: [], warnings, ...(model && { params: without(params, PROMPTED) }) };
}

/** What would have made use of a prompt. */
function wayToPrompt(): string[] {
  const ready = promptModel();
  if (ready) return [`${ready.title} paints after a prompt: choose it as the model.`];
  const lack = promptLack();
  return lack === null ? [] : [lack];
}

function reviewPrompted(
  { title, repaints }: { title: string; repaints: PictureGeneration },
  params: Params,
  usualStyle: string,
): Review {
  const warnings: string[] = [];
  const { style = usualStyle } = params;
  if (style !== usualStyle) warnings.push(unused(title, 'style'));
  if (params['prompt'] === undefined) {
    warnings.push(`${title} paints after a prompt, and got none: it paints what it takes the photo for.`);
  }
  const settled = {
    ...without(params, STYLED),
    steps: params['steps'] ?? repaints.steps.default,
    guidance: params['guidance'] ?? repaints.guidance.default,
    scheduler: params['scheduler'] ?? repaints.schedulers[0],
  };
  const errors = [
    ...checkRange(title, 'steps', settled.steps, repaints.steps),
    ...checkRange(title, 'guidance', settled.guidance, repaints.guidance),
    ...checkScheduler(title, settled.scheduler, repaints.schedulers),
  ];
  return { errors, warnings, params: settled };
}

function unused(title: string, name: string): string {
  return `${title} makes no use of ${name}; yours changed nothing.`;
}

function without(params: Params, names: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(params).filter(([name]) => !names.includes(name)));
}

function checkRange(title: string, name: string, value: unknown, { min, max }: Range): FieldError[] {
  if (Number(value) >= min && Number(value) <= max) return [];
  const message = `With ${title}, ${name} is a number from ${min} to ${max}.`;
  return [fieldError(name, 'not_possible', message, { minimum: min, maximum: max })];
}

function checkScheduler(title: string, scheduler: unknown, allowed: readonly unknown[]): FieldError[] {
  if (allowed.includes(scheduler)) return [];
  const message = `With ${title}, scheduler is one of ${allowed.join(', ')}.`;
  return [fieldError('scheduler', 'not_possible', message, allowed)];
}
