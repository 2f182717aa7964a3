import { phrase, type PhrasesByStyle } from './phrase.ts';

export const LIGHT: PhrasesByStyle = {
  natural: [
    phrase('soft even light'),
    phrase('low golden sunlight', 'dusk', 'sun', 'outdoors'),
    phrase('clear morning light', 'day'),
    phrase('soft overcast light', 'day', 'overcast', 'outdoors'),
    phrase('soft light from a window', 'day', 'indoors'),
    phrase('warm lamplight', 'night', 'indoors'),
    phrase('cool moonlight', 'night', 'outdoors'),
  ],
  cinematic: [
    phrase('motivated key light with a soft rim'),
    phrase('golden hour backlight', 'dusk', 'sun', 'outdoors'),
    phrase('blue hour light', 'dusk', 'outdoors'),
    phrase('shafts of sunlight through dust', 'day', 'sun'),
    phrase('the glow of neon signs', 'night', 'city', 'colourful'),
    phrase('warm practical lights', 'night', 'indoors'),
  ],
  documentary: [
    phrase('available light'),
    phrase('flat daylight', 'day', 'overcast'),
    phrase('hard midday sun', 'day', 'noon', 'sun', 'outdoors'),
    phrase('plain room light', 'indoors'),
    phrase('street light', 'night', 'outdoors', 'city'),
  ],
  noir: [
    phrase('hard side light with deep shadows'),
    phrase('light through window blinds', 'indoors'),
    phrase('a single street lamp', 'night', 'outdoors', 'city'),
    phrase('low-key lighting'),
  ],
  dreamlike: [
    phrase('diffuse glowing light'),
    phrase('pastel dawn light', 'dusk', 'outdoors'),
    phrase('hazy backlight', 'fog'),
    phrase('silver moonlight', 'night', 'outdoors'),
  ],
  painted: [
    phrase('soft modelled light'),
    phrase('dappled sunlight', 'day', 'sun', 'outdoors'),
    phrase('warm candlelight', 'night', 'indoors'),
    phrase('glowing evening light', 'dusk', 'outdoors'),
    phrase('strong chiaroscuro'),
  ],
  animated: [
    phrase('simple, even light'),
    phrase('clean, bright light', 'day'),
    phrase('glowing sunset light', 'dusk', 'outdoors'),
    phrase('crisp daylight with simple shadows', 'day'),
    phrase('soft night glow', 'night'),
  ],
};
