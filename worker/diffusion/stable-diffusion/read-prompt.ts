import type { Model } from '#lib/models/model';
import { weightPath } from '#lib/models/weights';
import { cleanPrompt } from '../text/clean-prompt.ts';
import { loadClipTokenizer } from '../text/clip-tokens.ts';

/** The tokens of a prompt, by the tokenizer that a model brings; none is read as an empty one. */
export async function promptReader(weightsDir: string, model: Model): Promise<(prompt?: string) => number[]> {
  const pathOf = (name: string) => {
    const weight = model.weights.find((file) => file.name === `tokenizer/${name}`);
    if (!weight) throw new Error(`The model ${model.id} has no tokenizer/${name}.`);
    return weightPath(weightsDir, weight);
  };
  const files = { vocabulary: pathOf('vocab.json'), merges: pathOf('merges.txt') };
  const tokenize = await loadClipTokenizer(files);
  return (prompt = '') => tokenize(cleanPrompt(prompt));
}
