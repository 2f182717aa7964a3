import { choose } from './choose.ts';
import { agree, type Fact } from './facts.ts';
import { factsIn, mentions, readWords } from './reading.ts';
import type { Slot } from './slots.ts';
import type { Offer } from './vocabulary.ts';

/** The most characters of a prompt. */
export const LONGEST_PROMPT = 1000;

/** A part of a better prompt that was not in the one given. */
export interface Addition {
  slot: Slot;
  /** As it stands in the better prompt. */
  text: string;
}

/** A prompt with what was added behind it. */
export interface Completed {
  prompt: string;
  additions: Addition[];
  /** Whole sentences. */
  warnings: string[];
}

/**
 * Complete a prompt, which stays as it is, with one phrase for each offer that it has not taken up itself: one that goes
 * with all that was said before, by the seed. What would make it longer than a prompt may be is left out.
 */
export function completeByRules(original: string, offers: readonly Offer[], seed: number): Completed {
  const { said, negated } = readWords(original);
  const facts = factsIn(said);
  const refused = factsIn(negated);
  const fits = (fact: Fact) => !refused.includes(fact) && facts.every((known) => agree(known, fact));
  const completed: Completed = { prompt: original, additions: [], warnings: [] };
  const leftOut: Slot[] = [];
  for (const { slot, named, phrases, joint } of offers) {
    if (mentions(said, named) || mentions(negated, named)) continue;
    const fitting = phrases.filter(({ says }) => says.every(fits));
    const chosen = choose(fitting, seed, slot);
    if (!chosen) continue;
    const { longer, text } = append(completed.prompt, chosen.text, joint);
    if (longer.length > LONGEST_PROMPT) {
      leftOut.push(slot);
      continue;
    }
    facts.push(...chosen.says);
    completed.prompt = longer;
    completed.additions.push({ slot, text });
  }
  completed.warnings.push(...remarks(completed.additions, leftOut));
  return completed;
}

/** Behind a sentence that has ended, a new one begins. */
function append(prompt: string, addition: string, joint: Offer['joint']): { longer: string; text: string } {
  if (!/[.!?…]$/u.test(prompt)) {
    return { longer: `${/[,;:]$/u.test(prompt) ? `${prompt} ` : prompt + joint}${addition}`, text: addition };
  }
  const text = addition.charAt(0).toUpperCase() + addition.slice(1);
  return { longer: `${prompt} ${text}`, text };
}

function remarks(additions: readonly Addition[], leftOut: readonly Slot[]): string[] {
  if (leftOut.length > 0) {
    return [`There was no room in ${LONGEST_PROMPT} characters for: ${leftOut.join(', ')}.`];
  }
  return additions.length > 0 ? [] : ['Nothing was added: the prompt says all of it already.'];
}
