import { type Phrase, PHRASES, type Word } from './words.ts';

/** Words that may stand within a phrase, as in “push the camera slowly in”. */
const MOST_BETWEEN = 4;

/** A phrase where it stands in a prompt; what is not known is a phrase of one word, without a role. */
export interface Found {
  /** As the prompt has it. */
  text: string;
  phrase: Phrase | null;
  negated: boolean;
}

/**
 * What a prompt says, phrase by phrase. A negation holds for the next phrase that means something, and for further ones
 * joined by “or”, up to the end of its clause.
 */
export function findPhrases(words: readonly Word[]): Found[] {
  const found: Found[] = [];
  const taken = new Set<number>();
  let negation: 'none' | 'open' | 'spent' = 'none';
  for (let at = 0; at < words.length; at++) {
    const { text, written, startsClause } = words[at]!;
    if (startsClause) negation = 'none';
    if (taken.has(at)) continue;
    const match = longestAt(words, taken, at);
    match?.places.forEach((place) => taken.add(place));
    const phrase = match?.phrase ?? null;
    if (phrase?.role === 'negation') negation = 'open';
    else if (negation === 'spent' && (text === 'or' || text === 'nor')) negation = 'open';
    const says = phrase === null || phrase.role === 'meaning';
    found.push({ text: phrase?.words.join(' ') ?? written, phrase, negated: says && negation === 'open' });
    if (says && negation === 'open') negation = 'spent';
  }
  return found;
}

interface Match {
  phrase: Phrase;
  places: number[];
}

function longestAt(words: readonly Word[], taken: ReadonlySet<number>, at: number): Match | undefined {
  for (const phrase of PHRASES.get(words[at]!.text) ?? []) {
    const places = placesOf(phrase, words, taken, at);
    if (places) return { phrase, places };
  }
  return undefined;
}

/** Where the words of a phrase stand, from `at` on; undefined where they do not. */
function placesOf(
  { words: wanted }: Phrase,
  words: readonly Word[],
  taken: ReadonlySet<number>,
  at: number,
): number[] | undefined {
  const places = [at];
  let next = at;
  for (const text of wanted.slice(1)) {
    next++;
    while (words[next] && words[next]!.text !== text && mayStandBetween(words[next]!)) next++;
    const word = words[next];
    if (!word || word.text !== text || word.startsClause || taken.has(next)) return undefined;
    places.push(next);
  }
  return next - at < wanted.length + MOST_BETWEEN ? places : undefined;
}

/** Fillers, and words that only say how: they mean the same anywhere. */
function mayStandBetween({ text, startsClause }: Word): boolean {
  if (startsClause) return false;
  return (PHRASES.get(text) ?? []).some(({ words, role, means }) => {
    const saysHow = role === 'intensifier' || means.distance !== undefined || means.manner !== undefined;
    return words.length === 1 && (role === 'filler' || saysHow);
  });
}
