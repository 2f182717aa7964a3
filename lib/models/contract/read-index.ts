import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import { AppError } from '#lib/core/errors';
import { type IndexProblem, problemsOf } from './index-problems.ts';
import { CONTRACT, type ModelIndex, modelIndexSchema } from './model-index.ts';

/** The file's name in a model's folder. */
export const INDEX_FILE = 'model_index.json';

/**
 * The index in a folder that an export wrote; the files it names are not looked at. Throws AppError `model_unfit` where
 * there is none, and as `parseIndex` does.
 */
export async function readIndex(folder: string): Promise<ModelIndex> {
  try {
    return parseIndex(JSON.parse(await readFile(join(folder, INDEX_FILE), 'utf8')));
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const message = `There is no ${INDEX_FILE} in the model's folder, or it is not JSON.`;
    throw new AppError('model_unfit', message, { cause });
  }
}

/** An index from what its JSON holds. Throws AppError `model_unfit` that lists every problem with its path. */
export function parseIndex(value: unknown): ModelIndex {
  refuseOtherContracts(value);
  const checked = modelIndexSchema.safeParse(value);
  const problems = checked.success ? problemsOf(checked.data) : checked.error.issues.map(toProblem);
  if (checked.success && problems.length === 0) return checked.data;
  throw unfit(problems);
}

/** Said alone: all else that is wrong with an index of another version would follow from it. */
function refuseOtherContracts(value: unknown): void {
  const contract = (value as Partial<ModelIndex> | null)?.contract;
  if (contract === undefined || contract === CONTRACT) return;
  const message = `version ${JSON.stringify(contract)} of the contract; this engine speaks version ${CONTRACT}`;
  throw unfit([{ path: 'contract', message }]);
}

function toProblem({ path, message }: z.core.$ZodIssue): IndexProblem {
  return { path: path.join('.'), message };
}

function unfit(problems: IndexProblem[]): AppError {
  const listed = problems.map(({ path, message }) => `${path || 'the whole'}: ${message}`);
  return new AppError('model_unfit', `${INDEX_FILE} cannot be used: ${listed.join('; ')}.`, {
    suggestion: 'Export the model again, with the tools of this version.',
    fields: problems.map(({ path, message }) => ({
      pointer: `/${path.replaceAll('.', '/')}`,
      code: 'unfit',
      message,
    })),
  });
}
