import { settings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import { formatBytes } from '#lib/core/format-bytes';
import { readExported } from './exported.ts';
import { machineMemory } from './memory.ts';
import type { Model } from './model.ts';
import { asPlaced, isDownloadable, isPresent } from './weights.ts';
import { WeightsMissing } from './weights-missing.ts';

/** What a model is held against. */
export interface Machine {
  weightsDir: string;
  /** Bytes that a model may take. */
  memoryBytes: number;
}

/** The machine this process is on, as the settings have it. */
export function ownMachine(): Machine {
  const { weightsDir, memoryBytes } = settings();
  return { weightsDir, memoryBytes: machineMemory({ memoryBytes }) };
}

/**
 * Why a model cannot be run on a machine, though all were fetched that can be: it is too large, or has to be made by hand
 * and was not, or not rightly. AppError `model_unavailable` or `model_unfit`, not thrown; null where nothing is in the way.
 */
export function obstacleTo(model: Model, machine: Machine = ownMachine()): AppError | null {
  return tooLarge(model, machine) ?? notMade(model, machine.weightsDir);
}

/** The same of this machine, where the workers are on it too; of others, only they know. */
export function obstacleHere(model: Model): AppError | null {
  return settings().databaseUrl.startsWith('file:') ? obstacleTo(model) : null;
}

function tooLarge(model: Model, { weightsDir, memoryBytes: available }: Machine): AppError | null {
  const needed = (asPlaced(weightsDir, model) ?? model).memoryBytes ?? 0;
  if (needed <= available) return null;
  const message = `${model.title} needs ${formatBytes(needed)} of memory, and this machine has ${formatBytes(available)}.`;
  return new AppError('model_unavailable', message, {
    suggestion: 'Choose a smaller model, or run it on a larger machine.',
  });
}

function notMade(model: Model, weightsDir: string): AppError | null {
  if (model.setUp !== 'by-hand') return null;
  try {
    const { weights } = readExported(weightsDir, model);
    return isPresent(weightsDir, model) ? null : incomplete(model, weights.length);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
}

function incomplete({ title, byHand }: Model, files: number): AppError {
  const message = `Of the ${files} files of ${title} that its index names, some are missing or cut short.`;
  return new AppError('model_unavailable', message, { suggestion: byHand });
}

/**
 * What is to be said of a model that is not here: WeightsMissing where it can be fetched; AppError `model_unavailable` or
 * `model_unfit` where it has to be made, and `weights_corrupt` for one that is part of the repository.
 */
export function absenceOf(model: Model, weightsDir: string): AppError {
  const made = notMade(model, weightsDir);
  if (made) return made;
  if (isDownloadable(model)) {
    return new WeightsMissing(`${model.title} is not on this machine yet.`, [model.id]);
  }
  return new AppError('weights_corrupt', `Files of ${model.title} are missing or cut short.`, {
    suggestion: restoring(model),
  });
}

/** What brings back a model that no download does; a sentence. */
export function restoring({ id, byHand }: Model): string {
  return byHand ?? `${id} is part of Multiplane: check out lib/models/own/${id} again.`;
}
