import { z } from 'zod';

/** What forms and addresses send for a boolean, beside JSON's own. */
const WORDS: Readonly<Record<string, boolean>> = { true: true, false: false };

interface SwitchWords {
  title: string;
  description: string;
}

function read(value: unknown): unknown {
  return typeof value === 'string' && Object.hasOwn(WORDS, value) ? WORDS[value] : value;
}

/** A parameter that is either on or off. */
export function switchParam(fallback: boolean, words: SwitchWords) {
  // A schema that reads its value first has no type of its own to be shown by.
  return z
    .preprocess(read, z.boolean())
    .default(fallback)
    .meta({ ...words, type: 'boolean' });
}
