import { phrase, type PhrasesByStyle } from './phrase.ts';

export const MOTION: PhrasesByStyle = {
  natural: [
    phrase('slow push-in'),
    phrase('gentle pan to the right'),
    phrase('static camera'),
    phrase('slow orbit'),
    phrase('steady tracking shot'),
  ],
  cinematic: [
    phrase('slow dolly-in'),
    phrase('smooth crane up'),
    phrase('sweeping orbit'),
    phrase('fast tracking shot', 'fast'),
  ],
  documentary: [
    phrase('slightly handheld camera'),
    phrase('camera that follows the action'),
    phrase('patient static camera'),
  ],
  noir: [
    phrase('slow creeping push-in'),
    phrase('static camera'),
    phrase('slow pan through the dark', 'night'),
  ],
  dreamlike: [
    phrase('floating camera'),
    phrase('very slow drift to the left', 'slow'),
    phrase('gentle orbit'),
  ],
  painted: [phrase('slow pan across the scene'), phrase('gentle push-in'), phrase('static camera')],
  animated: [
    phrase('smooth pan to the left'),
    phrase('quick push-in', 'fast'),
    phrase('static camera, lively action'),
  ],
};
