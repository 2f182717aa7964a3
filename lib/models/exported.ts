import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors';
import { modelOfIndex } from './contract/model-of-index.ts';
import { INDEX_FILE, parseIndex } from './contract/read-index.ts';
import { exportedFolder } from './folders.ts';
import type { Model } from './model.ts';

/**
 * A model of the catalogue as it was exported: with the files, the networks and the memory need that its index names.
 * The files themselves are not looked at. Throws AppError `model_unavailable` where there is no index, and `model_unfit`
 * for one that cannot be used or is another model's.
 */
export function readExported(weightsDir: string, model: Model): Model {
  const index = parseIndex(readJson(weightsDir, model));
  if (index.id !== model.id) {
    throw new AppError('model_unfit', `The ${INDEX_FILE} of ${model.title} is that of “${index.id}”.`);
  }
  const { rank, setUp, author, origin } = model;
  const source = (name: string) => `exported:${model.id}/${name}`;
  const { weights, networks, memoryBytes } = modelOfIndex(index, { rank, setUp, author, origin, source });
  return { ...model, weights, networks, memoryBytes, index };
}

function readJson(weightsDir: string, { id, title, byHand }: Model): unknown {
  try {
    return JSON.parse(readFileSync(join(exportedFolder(weightsDir, id), INDEX_FILE), 'utf8'));
  } catch (cause) {
    if (cause instanceof SyntaxError) {
      throw new AppError('model_unfit', `The ${INDEX_FILE} of ${title} is not JSON.`, { cause });
    }
    throw new AppError('model_unavailable', `${title} is not on this machine, and no download brings it.`, {
      suggestion: byHand,
      cause,
    });
  }
}
