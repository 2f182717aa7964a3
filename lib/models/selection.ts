import { AppError } from '#lib/core/errors';
import { absenceOf, type Machine, obstacleTo } from './availability.ts';
import { findModel, listModels } from './catalogue.ts';
import type { Model, ModelTask } from './model.ts';
import { isPresent } from './weights.ts';
import { WeightsMissing } from './weights-missing.ts';

/** Asks for the best model of a task that is present, instead of one by id. */
export const AUTO = 'auto';

/** What a model is wanted for. */
export interface Need {
  task: ModelTask;
  /** Id of the pipeline that it is to serve. */
  pipeline: string;
}

/**
 * The model to run for a task. `auto` is the best-ranked one whose weights are present and that the machine can hold;
 * anything else is an id.
 *
 * Throws AppError `not_found` for an unknown id, `validation_failed` for a model of another task, `model_unavailable` for
 * one that the machine cannot hold or that nobody has made, and WeightsMissing where the weights (for `auto`: of every
 * model of the task) are not on this machine.
 */
export function selectModel(machine: Machine, need: Need, requested: string): Model {
  return requested === AUTO ? bestPresent(machine, need) : named(machine, need, requested);
}

/** Every model that would do, the best first. */
export function fittingModels({ task, pipeline }: Need): Model[] {
  return listModels()
    .filter((model) => model.task === task && model.pipelines.includes(pipeline))
    .toSorted((a, b) => b.rank - a.rank);
}

function bestPresent(machine: Machine, need: Need): Model {
  const candidates = fittingModels(need).filter((model) => obstacleTo(model, machine) === null);
  const present = candidates.find((model) => isPresent(machine.weightsDir, model));
  if (present) return present;
  const fallback = candidates.find((model) => model.setUp === 'required') ?? smallest(candidates);
  throw new WeightsMissing(`No ${need.task} model is on this machine yet.`, [fallback?.id ?? '--embedded']);
}

/** The one that is fetched soonest. */
function smallest(models: readonly Model[]): Model | undefined {
  return models.toSorted((a, b) => bytesToFetch(a) - bytesToFetch(b))[0];
}

function bytesToFetch({ weights }: Model): number {
  return weights.reduce((most, file) => Math.max(most, file.downloadBytes), 0);
}

function named(machine: Machine, need: Need, id: string): Model {
  const { task } = need;
  const model = findModel(id);
  const allowed = [AUTO, ...fittingModels(need).map((fitting) => fitting.id)];
  if (!model) {
    throw new AppError('not_found', `There is no model called “${id}”.`, { suggestion: oneOf(allowed) });
  }
  if (model.task !== task) {
    throw new AppError('validation_failed', `${model.title} does ${model.task}, not ${task}.`, {
      suggestion: oneOf(allowed),
      fields: [{ pointer: '/model', code: 'wrong_task', message: `Not a ${task} model.`, allowed }],
    });
  }
  const obstacle = obstacleTo(model, machine);
  if (obstacle) throw obstacle;
  requirePresent(machine.weightsDir, model);
  return model;
}

/** Throws as `absenceOf` says. */
export function requirePresent(weightsDir: string, model: Model): void {
  if (!isPresent(weightsDir, model)) throw absenceOf(model, weightsDir);
}

function oneOf(allowed: string[]): string {
  return `Choose one of: ${allowed.join(', ')}.`;
}
