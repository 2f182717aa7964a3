import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { AppError } from '#lib/core/errors';
import { sha256OfFile } from '#lib/core/file-hash';
import { readExported } from './exported.ts';
import { exportedFolder, OWN_FOLDER } from './folders.ts';
import type { Model, WeightFile } from './model.ts';
import { parseSource } from './sources/source.ts';

/**
 * Where a weight file lies: what was fetched by its hash, so that models and versions share what is the same; what came
 * with the repository, or was made by somebody, under its name in a folder of its model's.
 */
export function weightPath(weightsDir: string, weight: WeightFile): string {
  const source = parseSource(weight.source);
  if (source.kind === 'own') return join(OWN_FOLDER, source.modelId, source.name);
  if (source.kind === 'exported') return join(exportedFolder(weightsDir, source.modelId), source.name);
  return join(weightsDir, `${weight.sha256}${extname(weight.name)}`);
}

/** Whether it is fetched into the folder of weights, which is Multiplane's to clear and fill again. */
export function isFetched({ source }: WeightFile): boolean {
  const { kind } = parseSource(source);
  return kind === 'npm' || kind === 'url';
}

/** Whether a download brings all of the model that is not here. */
export function isDownloadable({ setUp, weights }: Model): boolean {
  return setUp !== 'by-hand' && weights.every(isFetched);
}

/**
 * A model as it is on this machine: as the catalogue has it, or as it was made by hand. Null where that was not done, or
 * not in a way that can be used.
 */
export function asPlaced(weightsDir: string, model: Model): Model | null {
  if (model.setUp !== 'by-hand') return model;
  try {
    return readExported(weightsDir, model);
  } catch (error) {
    if (error instanceof AppError) return null;
    throw error;
  }
}

/** Whether a file of the right size is there. Cheap, so it may be asked often; `verifyModel` reads the bytes. */
export function isWeightPresent(weightsDir: string, weight: WeightFile): boolean {
  const found = statSync(weightPath(weightsDir, weight), { throwIfNoEntry: false });
  return found !== undefined && found.isFile() && found.size === weight.sizeBytes;
}

/** Whether every file of the model is there, with the right size. */
export function isPresent(weightsDir: string, model: Model): boolean {
  const placed = asPlaced(weightsDir, model);
  return placed !== null && placed.weights.every((weight) => isWeightPresent(weightsDir, weight));
}

/** What re-reading one weight file found. */
export interface WeightCheck {
  weight: WeightFile;
  state: 'ok' | 'missing' | 'corrupt';
}

/**
 * Read every weight file of the model again and compare its hash with the catalogue's, or its index's. Throws as
 * `readExported` does, for a model that is made by hand.
 */
export async function verifyModel(weightsDir: string, model: Model): Promise<WeightCheck[]> {
  const checks: WeightCheck[] = [];
  const { weights } = model.setUp === 'by-hand' ? readExported(weightsDir, model) : model;
  for (const weight of weights) {
    checks.push({ weight, state: await checkWeight(weightsDir, weight) });
  }
  return checks;
}

async function checkWeight(weightsDir: string, weight: WeightFile): Promise<WeightCheck['state']> {
  const path = weightPath(weightsDir, weight);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return 'missing';
  return (await sha256OfFile(path)) === weight.sha256 ? 'ok' : 'corrupt';
}
