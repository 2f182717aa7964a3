/** Where the camera looks from: -1 to 1 to either side, and how far apart the sheets stand, 0 to 1. */
export interface View {
  x: number;
  y: number;
  apart: number;
}

/** The plane that stays where it is: farther sheets go with the pointer, nearer ones against it. */
const FOCAL_DEPTH = 0.4;
/** Longer sides of the picture between the farthest and the nearest sheet when they stand apart. */
const SPREAD = 0.8;

/** How far a sheet of this depth (0 far, 1 near) is shifted, in percent of the picture. */
function shiftOf(depth: number, travel: number): number {
  return (FOCAL_DEPTH - depth) * travel;
}

/** Larger by just as much as the largest shift, so that no edge comes into view. */
export function overscaleOf(travel: number): number {
  return 1 + (2 * Math.max(FOCAL_DEPTH, 1 - FOCAL_DEPTH) * travel) / 100;
}

/**
 * Move one sheet of the stack.
 * @param travel the whole way between far and near, in percent of the picture
 * @param sidePx the longer side of the picture as shown
 */
export function sheetTransform(depth: number, { x, y, apart }: View, travel: number, sidePx: number) {
  const shift = shiftOf(depth, travel) * (1 - apart);
  const scale = 1 + (overscaleOf(travel) - 1) * (1 - apart);
  const z = (depth - 0.5) * SPREAD * sidePx * apart;
  return `translate3d(${(x * shift).toFixed(3)}%, ${(y * shift).toFixed(3)}%, ${z.toFixed(1)}px) scale(${scale.toFixed(4)})`;
}

/** Turn the whole stack, so that its sheets are seen one behind the other. */
export function stackTransform({ x, y, apart }: View): string {
  const turn = (34 + x * 14) * apart;
  const tip = (-7 - y * 8) * apart;
  return `scale(${(1 - 0.4 * apart).toFixed(4)}) rotateX(${tip.toFixed(2)}deg) rotateY(${turn.toFixed(2)}deg)`;
}

/** What is left of the way is walked down to 1/e in this time. */
const FOLLOW_MS = 143;
/** A page that was hidden comes back as if no more time had passed. */
const LONGEST_FRAME_MS = 100;

/** The share of the way that is gone in one frame: the same speed however many frames a second there are. */
export function followShare(elapsedMs: number): number {
  return 1 - Math.exp(-Math.min(elapsedMs, LONGEST_FRAME_MS) / FOLLOW_MS);
}

/** One step of the way to where the view is going. */
export function approach(from: View, to: View, share: number): View {
  const mix = (a: number, b: number) => a + (b - a) * share;
  return { x: mix(from.x, to.x), y: mix(from.y, to.y), apart: mix(from.apart, to.apart) };
}

export function isSettled(from: View, to: View): boolean {
  const distance = Math.abs(from.x - to.x) + Math.abs(from.y - to.y) + Math.abs(from.apart - to.apart);
  return distance < 0.002;
}

export function clampToView(value: number): number {
  return Math.min(1, Math.max(-1, value));
}
