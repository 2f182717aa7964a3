/*
 * A vocabulary of a few words, in the two files that CLIP's tokenizer comes in, and what the text encoder makes of them.
 */

const START = '<|startoftext|>';
const END = '<|endoftext|>';

/** What each word adds to the latents that are painted: four channels, of which the first three are red, green and blue. */
export const WORDS: Readonly<Record<string, readonly [number, number, number, number]>> = {
  red: [1.2, -1, -1, 0],
  blue: [-1, -0.4, 1.4, 0],
  old: [-0.3, -0.3, -0.5, 0],
};

/** Pairs that join a word's letters from the left; the words have no pair in common. */
const MERGES = Object.keys(WORDS).flatMap((word) => {
  const letters = lettersOf(word);
  return letters.slice(1).map((letter, i) => [letters.slice(0, i + 1).join(''), letter] as const);
});

const TOKENS = [
  START,
  END,
  ...new Set(Object.keys(WORDS).flatMap(lettersOf)),
  ...MERGES.map((pair) => pair.join('')),
];

export const VOCABULARY: Readonly<Record<string, number>> = Object.fromEntries(
  [...new Set(TOKENS)].map((token, id) => [token, id]),
);

/** Contents of `vocab.json` and `merges.txt`. */
export const TOKENIZER_FILES = {
  'tokenizer/vocab.json': JSON.stringify(VOCABULARY),
  'tokenizer/merges.txt': `#version: 0.2\n${MERGES.map((pair) => pair.join(' ')).join('\n')}\n`,
};

/** The latents that a prompt of these words is for: their sum. */
export function targetOf(prompt: string): number[] {
  const words = prompt.split(' ').filter((word) => word in WORDS);
  return [0, 1, 2, 3].map((channel) => words.reduce((sum, word) => sum + WORDS[word]![channel]!, 0));
}

function lettersOf(word: string): string[] {
  return [...word].map((letter, i) => (i === word.length - 1 ? `${letter}</w>` : letter));
}
