import { NEGATIONS } from '../vocabulary.ts';
import { wordsOf } from '../words.ts';
import { type Fact, FACTS } from './facts.ts';

/** The words of a prompt, in small letters, each clause between bars: what it says, and what it speaks against. */
export interface Reading {
  said: string;
  negated: string;
}

const NEGATION_WORDS = new Set(NEGATIONS.split(', '));

/** A negation holds to the end of its clause. */
export function readWords(prompt: string): Reading {
  const reading = { said: '|', negated: '|' };
  let negated = false;
  for (const { text, startsClause } of wordsOf(prompt)) {
    if (startsClause) {
      negated = false;
      reading.said += ' |';
    }
    if (NEGATION_WORDS.has(text)) negated = true;
    else reading[negated ? 'negated' : 'said'] += ` ${text}`;
  }
  return { said: `${reading.said} |`, negated: `${reading.negated} |` };
}

/** Whether one of the phrases, which commas separate, stands in words that were read. */
export function mentions(words: string, phrases: string): boolean {
  return phrases !== '' && phrases.split(', ').some((phrase) => words.includes(` ${phrase} `));
}

/** The things that words say of their world. */
export function factsIn(words: string): Fact[] {
  return (Object.keys(FACTS) as Fact[]).filter((fact) => mentions(words, FACTS[fact]));
}
