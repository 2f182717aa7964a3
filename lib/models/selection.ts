import { AppError } from '#lib/core/errors';
import { findModel, listModels } from './catalogue.ts';
import type { Model } from './model.ts';
import { isPresent } from './weights.ts';
import { WeightsMissing } from './weights-missing.ts';

/** Asks for the best model of a task that is present, instead of one by id. */
export const AUTO = 'auto';

/**
 * The model to run for a task. `auto` is the best-ranked one whose weights are present; anything else is an id.
 *
 * Throws AppError `not_found` for an unknown id, `validation_failed` for a model of another task and WeightsMissing where
 * the weights (for `auto`: of every model of the task) are not on this machine.
 */
export function selectModel(weightsDir: string, task: Model['task'], requested: string): Model {
  return requested === AUTO ? bestPresent(weightsDir, task) : named(weightsDir, task, requested);
}

function bestPresent(weightsDir: string, task: Model['task']): Model {
  const candidates = listModels()
    .filter((model) => model.task === task)
    .toSorted((a, b) => b.rank - a.rank);
  const present = candidates.find((model) => isPresent(weightsDir, model));
  if (present) return present;
  const fallback = candidates.find((model) => model.setUp === 'required') ?? candidates[0];
  throw new WeightsMissing(`No ${task} model is on this machine yet.`, [fallback?.id ?? '--embedded']);
}

function named(weightsDir: string, task: Model['task'], id: string): Model {
  const model = findModel(id);
  const allowed = [AUTO, ...idsOf(task)];
  if (!model) {
    throw new AppError('not_found', `There is no model called “${id}”.`, { suggestion: oneOf(allowed) });
  }
  if (model.task !== task) {
    throw new AppError('validation_failed', `${model.title} does ${model.task}, not ${task}.`, {
      suggestion: oneOf(allowed),
      fields: [{ pointer: '/model', code: 'wrong_task', message: `Not a ${task} model.`, allowed }],
    });
  }
  requirePresent(weightsDir, model);
  return model;
}

/** Throws WeightsMissing. */
export function requirePresent(weightsDir: string, model: Model): void {
  if (isPresent(weightsDir, model)) return;
  throw new WeightsMissing(`${model.title} is not on this machine yet.`, [model.id]);
}

function idsOf(task: Model['task']): string[] {
  return listModels()
    .filter((model) => model.task === task)
    .map((model) => model.id);
}

function oneOf(allowed: string[]): string {
  return `Choose one of: ${allowed.join(', ')}.`;
}
