import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import type { TextTokens } from '../graphs/video-graphs.ts';

/** How a T5-style encoder wants its tokens. */
export interface TokenLayout {
  /** Of every sequence, the end mark and the padding included. */
  length: number;
  padId: number;
  eosId: number;
}

export type Tokenize = (text: string) => TextTokens;

/**
 * The tokenizer of a T5-style text encoder, out of the paths of its `tokenizer.json` and `tokenizer_config.json`. Texts end with
 * the end mark, also those that are cut because they are too long, and are padded to the length. What the vocabulary has no
 * tokens for becomes its unknown token, or nothing where it has none.
 */
export async function loadTokenizer(
  files: { tokenizer: string; config: string },
  { length, padId, eosId }: TokenLayout,
): Promise<Tokenize> {
  const tokenizer = new Tokenizer(await readJson(files.tokenizer), await readJson(files.config));
  return (text) => {
    const ids = [...idsOf(tokenizer, text).slice(0, length - 1), eosId];
    return {
      ids: BigInt64Array.from({ length }, (_, i) => BigInt(ids[i] ?? padId)),
      mask: BigInt64Array.from({ length }, (_, i) => (i < ids.length ? 1n : 0n)),
    };
  };
}

/** Token ids without any that a model wants around them. */
export function idsOf(tokenizer: Tokenizer, text: string): number[] {
  const { ids } = tokenizer.encode(text, { add_special_tokens: false });
  return (ids as (number | undefined)[]).filter((id) => id !== undefined);
}

async function readJson(path: string): Promise<object> {
  return JSON.parse(await readFile(path, 'utf8')) as object;
}
