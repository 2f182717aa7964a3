import { phrase, type PhrasesByStyle } from './phrase.ts';

export const SHOT: PhrasesByStyle = {
  natural: [
    phrase('medium shot'),
    phrase('eye-level shot'),
    phrase('close-up', 'close'),
    phrase('wide shot', 'far'),
    phrase('low-angle shot'),
  ],
  cinematic: [
    phrase('sweeping wide shot', 'far'),
    phrase('low-angle shot'),
    phrase('tight close-up', 'close'),
    phrase('symmetrical composition'),
  ],
  documentary: [
    phrase('observational medium shot'),
    phrase('eye-level shot'),
    phrase('unposed close-up', 'close'),
    phrase('wide shot of the whole scene', 'far'),
  ],
  noir: [
    phrase('tilted Dutch angle'),
    phrase('low-angle shot'),
    phrase('high-angle shot'),
    phrase('close-up, half in the dark', 'close'),
  ],
  dreamlike: [
    phrase('floating high-angle view'),
    phrase('soft close-up', 'close'),
    phrase('wide, airy composition', 'far'),
    phrase('off-centre composition'),
  ],
  painted: [
    phrase('balanced composition'),
    phrase('intimate close view', 'close'),
    phrase('wide vista', 'far', 'outdoors'),
    phrase('strong diagonal composition'),
  ],
  animated: [
    phrase('dynamic low angle'),
    phrase('expressive close-up', 'close'),
    phrase('wide establishing frame', 'far'),
    phrase('clear, centred framing'),
  ],
};
