import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { sha256OfFile } from '#lib/core/file-hash';
import type { Model, WeightFile } from './model.ts';

/** Where a weight file lies: named by its hash, so that models and versions share what is the same. */
export function weightPath(weightsDir: string, weight: WeightFile): string {
  return join(weightsDir, `${weight.sha256}${extname(weight.name)}`);
}

/** Whether a file of the right size is there. Cheap, so it may be asked often; `verifyModel` reads the bytes. */
export function isWeightPresent(weightsDir: string, weight: WeightFile): boolean {
  const found = statSync(weightPath(weightsDir, weight), { throwIfNoEntry: false });
  return found !== undefined && found.isFile() && found.size === weight.sizeBytes;
}

/** Whether every file of the model is there, with the right size. */
export function isPresent(weightsDir: string, model: Model): boolean {
  return model.weights.every((weight) => isWeightPresent(weightsDir, weight));
}

/** What re-reading one weight file found. */
export interface WeightCheck {
  weight: WeightFile;
  state: 'ok' | 'missing' | 'corrupt';
}

/** Read every weight file of the model again and compare its hash with the catalogue's. */
export async function verifyModel(weightsDir: string, model: Model): Promise<WeightCheck[]> {
  const checks: WeightCheck[] = [];
  for (const weight of model.weights) {
    checks.push({ weight, state: await checkWeight(weightsDir, weight) });
  }
  return checks;
}

async function checkWeight(weightsDir: string, weight: WeightFile): Promise<WeightCheck['state']> {
  const path = weightPath(weightsDir, weight);
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return 'missing';
  return (await sha256OfFile(path)) === weight.sha256 ? 'ok' : 'corrupt';
}
