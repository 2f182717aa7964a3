import type { Model } from '#lib/models/model';
import { VOCABULARY } from '../vocabulary.ts';
import type { Slot } from './slots.ts';
import type { Offer } from './vocabulary.ts';
import { phrase } from './vocabulary/phrase.ts';

/** What a model understands that knows few words: its prompts are completed in these and in no others. */
export interface World {
  offers: readonly Offer[];
  /** A sentence for whoever asked for a better prompt. */
  warning: string;
}

const SHAPES = 'circle, disc, ball, square, box, triangle, star, heart, ring, hoop';
const ACTIONS =
  'move, moves, moving, slide, slides, goes, go, drifts, rise, rises, floats, fall, falls, sinks, grow, grows, growing, gets, ' +
  'get, shrink, shrinks, shrinking, turn, turns, turning, rotate, rotates, spin, spins, stand, stands, standing, stays, rests, rest';
const PLACES =
  'night, starry, stars, sky, meadow, green hills, grass, field, sea, ocean, water, desert, sand, dunes, sunset, evening, checkered, ' +
  'tiles, chessboard, background, over grey, over gray';

/** The words of `lib/models/own/wan-mini/MODEL_CARD.md`, put as in the captions that it was trained on. */
export const DRAWN_SHAPES: World = {
  offers: [
    {
      slot: 'subject',
      named: SHAPES,
      joint: ', ',
      phrases: [
        phrase('a small red circle'),
        phrase('a large blue star'),
        phrase('a medium green square'),
        phrase('a small yellow heart'),
        phrase('a large purple ring'),
        phrase('a medium orange triangle'),
        phrase('a small white star'),
        phrase('a large pink circle'),
      ],
    },
    {
      slot: 'motion',
      named: ACTIONS,
      joint: ' ',
      phrases: [
        phrase('moves left'),
        phrase('moves right'),
        phrase('moves up'),
        phrase('moves down'),
        phrase('grows'),
        phrase('shrinks'),
        phrase('turns'),
        phrase('stands still'),
      ],
    },
    {
      slot: 'place',
      named: PLACES,
      joint: ' ',
      phrases: [
        phrase('over night', 'night'),
        phrase('over a meadow', 'outdoors', 'nature'),
        phrase('over the sea', 'outdoors', 'nature'),
        phrase('over the desert', 'outdoors', 'nature'),
        phrase('at sunset', 'dusk'),
        phrase('over a checkered floor'),
        phrase('on a plain grey background'),
      ],
    },
  ],
  warning:
    'This model draws moving shapes and understands only the words of its own small world; a prompt for it is completed in ' +
    'those.',
};

const MOVES = VOCABULARY.filter(({ means }) => means.route ?? means.direction ?? means.shake);

/** What films a photo reads of a prompt how the camera moves; the words are those of docs/camera-words.md. */
export const CAMERA: World = {
  offers: [
    {
      slot: 'motion',
      named: MOVES.map(({ words }) => words).join(', '),
      joint: ', ',
      phrases: [
        phrase('slow push in'),
        phrase('gentle pan to the right'),
        phrase('slow orbit'),
        phrase('smooth pull out'),
        phrase('slow drift upwards'),
        phrase('slow push in, slightly handheld'),
      ],
    },
  ],
  warning:
    'This model understands of a prompt only how the camera moves; a prompt for it is completed in such words.',
};

/** A picture is about its own subject, in its own place. */
const PICTURED: ReadonlySet<Slot> = new Set(['motion']);

/**
 * The world of a model that knows few words; null for one that takes any.
 * @param isFromPicture whether the pipeline makes its video of a picture
 */
export function worldOf({ id, generation, task }: Model, isFromPicture: boolean): World | null {
  if (id === 'wan-mini') {
    if (!isFromPicture) return DRAWN_SHAPES;
    return { ...DRAWN_SHAPES, offers: DRAWN_SHAPES.offers.filter(({ slot }) => PICTURED.has(slot)) };
  }
  return task === 'video' && !generation ? CAMERA : null;
}
