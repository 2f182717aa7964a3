import { AppError } from '#lib/core/errors';
import { findModel } from '#lib/models/catalogue';
import type { ModelIndex } from '#lib/models/contract/model-index';
import { asPlaced, weightPath } from '#lib/models/weights';
import { loadTokenizer, type Tokenize } from '#worker/diffusion/text/load-tokenizer';

/** The tokenizer of a video model that is on this machine. */
export function openTokenizer(
  weightsDir: string,
  modelId: string,
  { tokenizer }: ModelIndex,
): Promise<Tokenize> {
  const { length, pad_id: padId, eos_id: eosId } = tokenizer;
  const pathOf = (name: string) => tokenizerPath(weightsDir, modelId, name);
  const files = { tokenizer: pathOf('tokenizer.json'), config: pathOf('tokenizer_config.json') };
  return loadTokenizer(files, { length, padId, eosId });
}

function tokenizerPath(weightsDir: string, modelId: string, name: string): string {
  const model = findModel(modelId);
  const weight = model && asPlaced(weightsDir, model)?.weights.find((file) => file.name === name);
  if (weight) return weightPath(weightsDir, weight);
  throw new AppError('model_unfit', `The tokenizer of ${model?.title ?? modelId} has no file ${name}.`);
}
