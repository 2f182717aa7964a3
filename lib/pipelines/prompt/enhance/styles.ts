/** The manners in which a prompt can be completed. */
export const STYLES = [
  'natural',
  'cinematic',
  'documentary',
  'noir',
  'dreamlike',
  'painted',
  'animated',
] as const;

export type Style = (typeof STYLES)[number];

/** Words by which a prompt names a style itself, where nobody asks for one. */
export const STYLE_WORDS: Readonly<Record<Style, string>> = {
  natural: 'photorealistic, realistic, photograph',
  cinematic: 'cinematic, movie, film still, blockbuster',
  documentary: 'documentary, news footage, reportage',
  noir: 'noir, film noir, black and white',
  dreamlike: 'dreamlike, dreamy, surreal, ethereal',
  painted:
    'painting, painted, watercolour, watercolor, oil on canvas, gouache, impressionist, impressionism, pastel drawing',
  animated: 'anime, cartoon, animation, animated, cel shaded, pixar, claymation, stop motion',
};
