import type { Model, WeightFile } from './model.ts';
import { unfinishedBytes } from './part-files.ts';
import { asPlaced, isWeightPresent } from './weights.ts';

/** One file of a model's weights, and how much of it lies on this machine. */
export interface WeightOnDisk {
  weight: WeightFile;
  presentBytes: number;
}

/**
 * The weights of a model, downloads under way or broken off included. One that is made by hand has none before that was
 * done.
 */
export async function weightsOnDisk(weightsDir: string, model: Model): Promise<WeightOnDisk[]> {
  const { weights } = asPlaced(weightsDir, model) ?? model;
  const unfinished = await unfinishedBytes(weightsDir);
  return weights.map((weight) => {
    const isPresent = isWeightPresent(weightsDir, weight);
    return { weight, presentBytes: isPresent ? weight.sizeBytes : (unfinished.get(weight.sha256) ?? 0) };
  });
}
