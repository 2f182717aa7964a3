import { AppError } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import type { Model } from '#lib/models/model';
import { WeightsMissing } from '#lib/models/weights-missing';
import { asPlaced, verifyModel } from '#lib/models/weights';
import type { Receipt } from './receipt.ts';

/**
 * Make sure that the networks of a receipt are here, byte for byte. Throws WeightsMissing for all that is missing,
 * AppError `weights_corrupt`, and `validation_failed` where the catalogue has not, or no longer, what was run.
 */
export async function requireWeights({ models }: Receipt, weightsDir: string): Promise<void> {
  const missing: Model[] = [];
  for (const used of models) {
    const model = inCatalogue(used, weightsDir);
    const states = new Set((await verifyModel(weightsDir, model)).map(({ state }) => state));
    if (states.has('corrupt')) throw damaged(model);
    if (states.has('missing')) missing.push(model);
  }
  if (missing.length === 0) return;
  const titles = missing.map(({ title }) => title).join(', ');
  throw new WeightsMissing(`What the receipt names is not all on this machine: ${titles}.`, idsOf(missing));
}

function inCatalogue({ id, weights }: Receipt['models'][number], weightsDir: string): Model {
  const model = findModel(id);
  const known = new Set((model && asPlaced(weightsDir, model))?.weights.map(({ sha256 }) => sha256));
  if (model && weights.every(({ sha256 }) => known.has(sha256))) return model;
  throw new AppError('validation_failed', `This version does not have the model “${id}” of the receipt.`);
}

function damaged({ id, title }: Model): AppError {
  return new AppError('weights_corrupt', `The weights of ${title} are damaged.`, {
    suggestion: `Remove them with: npm run -s multiplane -- models verify ${id}`,
  });
}

function idsOf(models: readonly Model[]): string[] {
  return models.map(({ id }) => id);
}
