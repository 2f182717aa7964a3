import { settings } from '#lib/config/settings';
import { findModel } from '#lib/models/catalogue';
import { machineMemory } from '#lib/models/memory';
import { AUTO, type Need, selectModel } from '#lib/models/selection';
import { WeightsMissing } from '#lib/models/weights-missing';
import type { ModelHints, PipelineDeclaration } from './pipeline.ts';

/**
 * Ids of the models to run, one for each task; every network of theirs is here, as has to be made sure before any of the
 * work is done. Throws as `selectModel` does, WeightsMissing for all that is missing at once.
 * @param memoryBytes that a model may take
 */
export function requireModels(
  pipeline: PipelineDeclaration,
  model: string,
  weightsDir: string,
  memoryBytes = machineMemory(settings()),
): string[] {
  const models: string[] = [];
  const missing: WeightsMissing[] = [];
  for (const { requested, ...need } of modelNeeds(pipeline, model)) {
    try {
      models.push(selectModel({ weightsDir, memoryBytes }, need, requested).id);
    } catch (error) {
      if (!(error instanceof WeightsMissing)) throw error;
      missing.push(error);
    }
  }
  if (missing.length === 0) return models;
  const toFetch = missing.flatMap((lack) => lack.toFetch);
  throw new WeightsMissing(missing.map(({ message }) => message).join(' '), toFetch);
}

/** What a run needs models for, and which is asked for: for each task an id, or `auto`. */
export function modelNeeds(
  { id, tasks, modelTask }: PipelineDeclaration,
  model: string,
): (Need & { requested: string })[] {
  const needed = new Set([...tasks, ...(findModel(model)?.requires ?? [])]);
  return [...needed].map((task) => ({
    task,
    pipeline: id,
    requested: task === modelTask ? model : AUTO,
  }));
}

/** The same models, but for each task that one of `begun` does, that one: a run goes on with what it began with. */
export function keepToModels(begun: readonly string[], models: readonly string[]): string[] {
  return models.map((id) => begun.find((other) => taskOf(other) === taskOf(id)) ?? id);
}

function taskOf(id: string) {
  return findModel(id)?.task;
}

/** The model a job gets: the one asked for, or what `auto` stands for where the pipeline settles that beforehand. */
export function settledModel({ autoModel }: PipelineDeclaration, model: string, given: ModelHints): string {
  return model === AUTO && autoModel ? autoModel(given) : model;
}
