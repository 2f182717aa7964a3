import { settings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import { ownMachine } from './availability.ts';
import { findModel } from './catalogue.ts';
import { freeBytesFor } from './disk-space.ts';
import { bytesOf, bytesToWrite, missingWeights, type MissingWeight, planErrands } from './download-plan.ts';
import type { Model } from './model.ts';
import { type Need, selectModel } from './selection.ts';
import { asPlaced } from './weights.ts';
import { WeightsMissing } from './weights-missing.ts';

/** What a run needs of the machine that the workers are on. */
export interface Requirements {
  /** One for each task: that which is here, or would be fetched. */
  models: Model[];
  /** Why a task has none, in whole sentences. */
  obstacles: string[];
  missing: MissingWeight[];
  /** What comes over the line for them, and what is written for that. */
  downloadBytes: number;
  writeBytes: number;
  /** Of the disk that weights lie on. */
  freeBytes: number;
  /** Of the model that needs most; null where none tells. */
  memoryBytes: number | null;
  /** That models may take. */
  availableMemoryBytes: number;
}

/**
 * What runs of these models need, each asked for by id or as `auto`, of this machine. Null where the workers are on
 * others: of those, only they know.
 */
export async function requirementsOf(
  needs: readonly (Need & { requested: string })[],
): Promise<Requirements | null> {
  if (!settings().databaseUrl.startsWith('file:')) return null;
  const machine = ownMachine();
  const found = needs.map(({ requested, ...need }) => choose(need, requested));
  const models = found.filter((one) => typeof one !== 'string');
  const { weightsDir } = machine;
  const missing = missingWeights(weightsDir, models);
  const errands = planErrands(missing);
  const memory = models.flatMap((model) => (asPlaced(weightsDir, model) ?? model).memoryBytes ?? []);
  return {
    models,
    obstacles: found.filter((one) => typeof one === 'string'),
    missing,
    downloadBytes: errands.reduce((sum, errand) => sum + bytesOf(errand), 0),
    writeBytes: await bytesToWrite(weightsDir, errands),
    freeBytes: await freeBytesFor(weightsDir),
    memoryBytes: memory.length === 0 ? null : Math.max(...memory),
    availableMemoryBytes: machine.memoryBytes,
  };
}

/** The model that would run, here already or not; where there is none, why. */
function choose(need: Need, requested: string): Model | string {
  try {
    return selectModel(ownMachine(), need, requested);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const model = error instanceof WeightsMissing ? findModel(error.toFetch[0]!) : undefined;
    return model ?? error.message;
  }
}
