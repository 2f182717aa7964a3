/** A stretch of one side of a picture, in pixels. */
export interface Span {
  start: number;
  end: number;
}

/**
 * One side of a picture cut into as few spans of one length, a multiple of `unit`, as may be; the last may reach past
 * the picture.
 */
export function spansOf(length: number, longest: number, unit = 2): Span[] {
  const count = Math.ceil(length / longest);
  const size = unit * Math.ceil(length / count / unit);
  return Array.from({ length: count }, (_, index) => ({ start: index * size, end: (index + 1) * size }));
}

/** How much of each pixel of a side of the result comes from one of its tiles. */
export interface Share {
  /** The first pixel that the tile has a share in. */
  start: number;
  /** 0..1 from there on; the shares of all tiles come to 1. */
  weights: Float32Array;
}

/**
 * The share of a span's tile, in pixels of the side of `length` enlarged by `factor`: it fades in and out over `feather`
 * pixels of the side on both sides of where it meets its neighbours.
 */
export function shareOf({ start, end }: Span, length: number, factor: number, feather: number): Share {
  const fade = 2 * feather * factor;
  const isFirst = start === 0;
  const isLast = end >= length;
  const from = isFirst ? 0 : (start - feather) * factor;
  const to = isLast ? length * factor : (end + feather) * factor;
  const weights = Float32Array.from({ length: to - from }, (_, i) => {
    const fadedIn = isFirst ? 1 : (i + 0.5) / fade;
    const fadedOut = isLast ? 1 : (to - from - i - 0.5) / fade;
    return Math.min(1, fadedIn, fadedOut);
  });
  return { start: from, weights };
}
