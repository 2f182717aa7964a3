import { z } from 'zod';
import { switchParam } from './switch.ts';

/** The ways a camera can move through a photo. */
export const MOVES = ['push-in', 'pull-out', 'pan', 'orbit', 'dolly-zoom', 'handheld'] as const;

export type Move = (typeof MOVES)[number];

/** A move along a way; a hand's shake goes with any of them, or alone. */
export type Route = Exclude<Move, 'handheld'>;

/** Where a move can go that goes to a side. */
export const DIRECTIONS = ['left', 'right', 'up', 'down'] as const;

export type Direction = (typeof DIRECTIONS)[number];

export const amount = z.coerce
  .number()
  .min(0.1)
  .max(1)
  .default(0.5)
  .meta({ title: 'Amount', description: 'How far the camera moves.' });

export const loop = switchParam(false, {
  title: 'Loop',
  description: 'Ends where it began, so that it can be played in a circle.',
});

export const move = z.enum(MOVES).default('push-in').meta({
  title: 'Camera move',
  description: 'How the camera moves through the photo; aside and round, where less of the picture is lost.',
});

/** How softly a camera sets out and comes to rest. */
export type Manner = 'steady' | 'usual' | 'gentle';

/** What a camera is to do. */
export interface CameraPlan {
  /** Made at once; with none, the camera stays where it is. */
  routes: readonly Route[];
  /** 0.1-1. */
  amount: number;
  /** Where moves to a side go; where null, to the side that costs less of the picture. */
  direction: Direction | null;
  manner: Manner;
  /** How much a hand shakes it on the way, 0-1. */
  shake: number;
  loop: boolean;
  seed: number;
}

/** The plan for one move, as parameters name it. */
export function planFor(move: Move, given: Pick<CameraPlan, 'amount' | 'loop' | 'seed'>): CameraPlan {
  const usual = { ...given, direction: null, manner: 'usual' } as const;
  return move === 'handheld'
    ? { ...usual, routes: [], shake: given.amount }
    : { ...usual, routes: [move], shake: 0 };
}
