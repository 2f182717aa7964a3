import { FILLERS, type Meaning, NEGATIONS, VOCABULARY } from './vocabulary.ts';

/** A phrase that the vocabulary knows. */
export interface Phrase {
  words: readonly string[];
  role: 'meaning' | 'intensifier' | 'negation' | 'filler';
  means: Meaning;
}

/** Every phrase by its first word, the longest first. */
export const PHRASES: ReadonlyMap<string, readonly Phrase[]> = indexed([
  ...VOCABULARY.flatMap(({ means, words }) =>
    phrases(words, Object.keys(means).length > 0 ? 'meaning' : 'intensifier', means),
  ),
  ...phrases(NEGATIONS, 'negation'),
  ...phrases(FILLERS, 'filler'),
]);

/** One word of a prompt. */
export interface Word {
  /** In small letters, with neither accents nor apostrophes. */
  text: string;
  /** As the prompt has it. */
  written: string;
  /** Whether something ends before it: a sentence, or a part of one. */
  startsClause: boolean;
}

/** The words of a prompt, in their order; hyphens part them as spaces do. */
export function wordsOf(prompt: string): Word[] {
  const found = [
    ...prompt.matchAll(/([^\p{L}\p{N}]*)([\p{L}\p{N}](?:[\p{L}\p{M}\p{N}'’]*[\p{L}\p{M}\p{N}])?)/gu),
  ];
  return found.map(([, before, written]) => ({
    text: plain(written!),
    written: written!,
    startsClause: /[^\s-]/.test(before!),
  }));
}

function plain(word: string): string {
  return word
    .normalize('NFKD')
    .replaceAll(/[\p{M}'’]/gu, '')
    .toLowerCase();
}

function phrases(list: string, role: Phrase['role'], means: Meaning = {}): Phrase[] {
  return list.split(', ').map((phrase) => ({ words: phrase.split(' '), role, means }));
}

function indexed(all: Phrase[]): Map<string, Phrase[]> {
  const index = new Map<string, Phrase[]>();
  for (const phrase of all.sort((a, b) => b.words.length - a.words.length)) {
    index.set(phrase.words[0]!, [...(index.get(phrase.words[0]!) ?? []), phrase]);
  }
  return index;
}
