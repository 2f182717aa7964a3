import type { Fact } from '../facts.ts';
import type { Style } from '../styles.ts';

/** Something that can be added to a prompt. */
export interface Phrase {
  text: string;
  /** What it says of the world. */
  says: readonly Fact[];
}

/** What can be said in one slot, by style. In each style something fits every prompt: a phrase that says nothing. */
export type PhrasesByStyle = Readonly<Record<Style, readonly Phrase[]>>;

/** A phrase, and what it says of the world. */
export function phrase(text: string, ...says: Fact[]): Phrase {
  return { text, says };
}
