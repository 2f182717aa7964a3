import type { CameraPlan, Direction, Manner, Route } from '../params/camera.ts';
import { type Found, findPhrases } from './find-phrases.ts';
import type { Meaning } from './vocabulary.ts';
import { wordsOf } from './words.ts';

/** How far the camera goes where the prompt does not say; what it can be, with all that is said. */
const USUAL_AMOUNT = 0.5;
const AMOUNTS = { least: 0.1, most: 1 };
/** What a word such as “very” adds to the next: how much of the same again. */
const EMPHASIS = 1.5;

/** Moves that exclude each other: a camera goes forward or back, and either aside or round. */
const DEPTH_ROUTES: ReadonlySet<Route> = new Set(['push-in', 'pull-out', 'dolly-zoom']);
/** What is done where no move is named: the first that the prompt does not speak against. */
const FALLBACKS = ['push-in', 'pan'] as const;

/** What a prompt asks of the camera. */
export interface Reading {
  plan: Omit<CameraPlan, 'seed'>;
  /** What was not understood or cannot be done, and what is done instead; whole sentences. */
  warnings: string[];
}

/** What has been settled so far; a thing once said stands. */
interface Settled {
  depth?: Route;
  side?: Route;
  direction?: Direction;
  usualDirection?: Direction;
  manner?: Manner;
  shake?: number;
  loop?: boolean;
  amount: number;
  refused: Route[];
}

/** Understand a prompt by the vocabulary. What is not in it is never dropped without a word. */
export function readPrompt(prompt: string): Reading {
  const settled: Settled = { amount: USUAL_AMOUNT, refused: [] };
  const unknown: string[] = [];
  const unfit: string[] = [];
  let emphasis = 1;
  for (const found of findPhrases(wordsOf(prompt))) {
    const { phrase, text, negated } = found;
    if (phrase === null) unknown.push(text);
    else if (phrase.role === 'intensifier') emphasis *= EMPHASIS;
    else if (phrase.role === 'meaning') {
      const isDone = negated ? refuse(settled, phrase.means) : take(settled, phrase.means, emphasis);
      if (!isDone) unfit.push(spoken(found));
      emphasis = 1;
    }
  }
  const { routes, warnings } = routesOf(settled);
  return { plan: planOf(settled, routes), warnings: [...complaints(unknown, unfit), ...warnings] };
}

/** Do as a phrase says. Returns false where that contradicts what was said before. */
function take(settled: Settled, means: Meaning, emphasis: number): boolean {
  const { route, distance, ...rest } = means;
  const place = route && (DEPTH_ROUTES.has(route) ? 'depth' : 'side');
  const said = { ...rest, ...(place && { [place]: route }) };
  const known = settled as unknown as Record<string, unknown>;
  const contradicts = Object.entries(said).some(([key, value]) => key in known && known[key] !== value);
  if (contradicts) return false;
  Object.assign(settled, said);
  if (distance !== undefined) settled.amount *= distance ** emphasis;
  return true;
}

/** Leave something be. Returns false where its opposite means nothing to a camera. */
function refuse(settled: Settled, { route, shake, loop }: Meaning): boolean {
  if (route !== undefined) settled.refused.push(route);
  else if (shake !== undefined) return take(settled, { shake: 0 }, 1);
  else if (loop !== undefined) return take(settled, { loop: false }, 1);
  else return false;
  return true;
}

function routesOf({ depth, side, direction, shake, refused }: Settled): {
  routes: Route[];
  warnings: string[];
} {
  const asked = [depth, side ?? (direction && 'pan')].filter((route) => route !== undefined);
  const routes = asked.filter((route) => !refused.includes(route));
  if (routes.length > 0 || (shake ?? 0) > 0) return { routes, warnings: [] };
  const fallback = FALLBACKS.find((route) => !refused.includes(route)) ?? 'orbit';
  return {
    routes: [fallback],
    warnings: [`The prompt names no camera move, so the camera does a ${fallback}.`],
  };
}

function planOf(settled: Settled, routes: Route[]): Reading['plan'] {
  const { amount, manner = 'usual', shake = 0, loop = false } = settled;
  // A hand alone shakes as much as the prompt says of the move; beside another move, that is of the move.
  const share = routes.length === 0 ? amount / USUAL_AMOUNT : 1;
  return {
    routes,
    amount: Math.min(AMOUNTS.most, Math.max(AMOUNTS.least, amount)),
    direction: settled.direction ?? settled.usualDirection ?? null,
    manner,
    shake: Math.min(1, shake * share),
    loop,
  };
}

function complaints(unknown: string[], unfit: string[]): string[] {
  const lists = [
    { words: unknown, says: 'These words were not understood and changed nothing' },
    { words: unfit, says: 'This does not go with the rest of the prompt and was left out' },
  ];
  return lists.filter(({ words }) => words.length > 0).map(({ words, says }) => `${says}: ${quoted(words)}.`);
}

function quoted(words: string[]): string {
  return [...new Set(words)].map((word) => `“${word}”`).join(', ');
}

function spoken({ text, negated }: Found): string {
  return negated ? `not ${text}` : text;
}
