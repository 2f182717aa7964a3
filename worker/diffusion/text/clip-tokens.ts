import { readFile } from 'node:fs/promises';
import { Tokenizer } from '@huggingface/tokenizers';
import { idsOf } from './load-tokenizer.ts';

/** Tokens of every sequence, with the two marks and the padding. */
export const CLIP_LENGTH = 77;

const START = '<|startoftext|>';
const END = '<|endoftext|>';
const WORDS = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;

export interface ClipFiles {
  /** Path of `vocab.json`. */
  vocabulary: string;
  /** Path of `merges.txt`. */
  merges: string;
}

/**
 * The tokenizer of CLIP's text encoder (byte pairs of lower-case words; Radford et al., 2021), out of the files that every
 * Stable Diffusion brings: gives 77 ids, of which at most 75 are the text's. The marks around them are put here, since not
 * every `tokenizer.json` of such a model puts them, and cutting by its rules loses the end. Padded with the end mark, or
 * with `padId`.
 */
export async function loadClipTokenizer(
  files: ClipFiles,
  padId?: number,
): Promise<(text: string) => number[]> {
  const vocabulary = JSON.parse(await readFile(files.vocabulary, 'utf8')) as Record<string, number>;
  const merges = readMerges(await readFile(files.merges, 'utf8'));
  const tokenizer = new Tokenizer(clipDefinition(vocabulary, merges), {});
  const [start, end] = [vocabulary[START]!, vocabulary[END]!];
  return (text) => {
    const ids = [start, ...idsOf(tokenizer, text).slice(0, CLIP_LENGTH - 2), end];
    return [...ids, ...Array<number>(CLIP_LENGTH - ids.length).fill(padId ?? end)];
  };
}

/** Pairs, one in a line, the most frequent first; a line about the version may stand before them. */
function readMerges(text: string): [string, string][] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#version'));
  return lines.map((line) => line.split(' ') as [string, string]);
}

/** What `tokenizer.json` says of such a tokenizer, in its terms. */
function clipDefinition(vocabulary: Record<string, number>, merges: [string, string][]): object {
  return {
    added_tokens: [START, END].map((content) => ({ id: vocabulary[content]!, content, special: true })),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: String.raw`\s+` }, content: ' ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: WORDS }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: false },
      ],
    },
    post_processor: null,
    decoder: { type: 'ByteLevel' },
    model: {
      type: 'BPE',
      vocab: vocabulary,
      merges,
      unk_token: END,
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
    },
  };
}
