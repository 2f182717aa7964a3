import { phrase, type PhrasesByStyle } from './phrase.ts';

/** A painting and a drawing have no lens; what they are made with stands in its place. */
export const LENS: PhrasesByStyle = {
  natural: [
    phrase('35mm lens'),
    phrase('50mm lens'),
    phrase('85mm lens, shallow depth of field', 'close'),
    phrase('24mm wide-angle lens', 'far'),
  ],
  cinematic: [
    phrase('anamorphic lens'),
    phrase('40mm lens, shallow depth of field'),
    phrase('65mm film, deep focus', 'far'),
    phrase('macro lens', 'close'),
  ],
  documentary: [
    phrase('35mm lens, natural depth of field'),
    phrase('28mm lens, deep focus', 'far'),
    phrase('long telephoto lens', 'outdoors'),
  ],
  noir: [
    phrase('50mm lens, black and white film', 'monochrome'),
    phrase('28mm lens, deep focus', 'far'),
    phrase('coarse film grain'),
  ],
  dreamlike: [
    phrase('soft-focus lens'),
    phrase('shallow depth of field, creamy bokeh', 'close'),
    phrase('vintage lens with a gentle flare'),
  ],
  painted: [
    phrase('oil on canvas, visible brushwork'),
    phrase('loose watercolour washes'),
    phrase('gouache in flat shapes'),
    phrase('soft pastels on rough paper'),
  ],
  animated: [
    phrase('clean line art, flat colours'),
    phrase('cel shading'),
    phrase('hand-drawn, painted backgrounds'),
    phrase('soft 3D rendering'),
  ],
};
