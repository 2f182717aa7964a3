import { NAMED, PIPELINE_SLOTS, type PromptedPipeline, type Slot } from './slots.ts';
import type { Style } from './styles.ts';
import { LENS } from './vocabulary/lens.ts';
import { LIGHT } from './vocabulary/light.ts';
import { MOOD } from './vocabulary/mood.ts';
import { MOTION } from './vocabulary/motion.ts';
import type { Phrase, PhrasesByStyle } from './vocabulary/phrase.ts';
import { SHOT } from './vocabulary/shot.ts';

/** Everything that the rules can add to a prompt; the page docs/prompts.md shows it. */
export const VOCABULARY = {
  shot: SHOT,
  light: LIGHT,
  lens: LENS,
  motion: MOTION,
  mood: MOOD,
} as const satisfies Partial<Record<Slot, PhrasesByStyle>>;

/** What can be added in one slot, and by which words a prompt has it already. */
export interface Offer {
  slot: Slot;
  phrases: readonly Phrase[];
  named: string;
  /** What stands between it and what comes before. */
  joint: ', ' | ' ';
}

/** What a pipeline's prompts can be completed with in a style. */
export function offersOf(pipeline: PromptedPipeline, style: Style): Offer[] {
  return PIPELINE_SLOTS[pipeline].map((slot) => ({
    slot,
    phrases: VOCABULARY[slot][style],
    named: NAMED[slot],
    joint: ', ',
  }));
}
