/**
 * How far (0..255, each channel) a layer's colour may lie beyond the one it shows in the photo. Larger values let
 * soft edges be more transparent; smaller ones keep odd colours out of them.
 */
const REACH = 40;
/**
 * How many levels a channel may be off where a layer hardly covers what lies behind. Nobody sees them, and without
 * them a difference of two at black or white would need full opacity.
 */
const UNSEEN = 2;

/**
 * The least opacity (0..255) at which a layer can turn `behind` into `wanted`, in one channel and within UNSEEN: its
 * colour `behind + (wanted - behind) / a` must lie in 0..255 and within REACH of `wanted`.
 */
export function leastOpacity(wanted: number, behind: number): number {
  const difference = Math.abs(wanted - behind);
  if (difference <= UNSEEN) return 0;
  const room = Math.min(REACH, wanted > behind ? 255 - wanted : wanted);
  return Math.ceil((255 * (difference - UNSEEN)) / (difference + room));
}

/** The colour that, at this opacity (1..255) over `behind`, gives `wanted`: the "over" operator solved for its front. */
export function unmixed(wanted: number, behind: number, opacity: number): number {
  const colour = behind + ((wanted - behind) * 255) / opacity;
  return colour < 0 ? 0 : colour > 255 ? 255 : Math.round(colour);
}

/** The "over" operator on 8-bit values with straight alpha. */
export function over(front: number, behind: number, opacity: number): number {
  return Math.round(behind + ((front - behind) * opacity) / 255);
}
