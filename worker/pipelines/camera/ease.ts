/** Share of the way's time that each of its soft ends takes. */
export const SOFTNESS = { steady: 0.12, usual: 0.35, gentle: 0.5 } as const;

/**
 * How much of a way is done, 0..1, at the share 0..1 of its time: the speed rises and falls as a raised cosine over
 * `soft` (0..0.5) of the time at either end, and is even between.
 */
export function ease(time: number, soft: number): number {
  if (time > 0.5) return 1 - ease(1 - time, soft);
  const ramp = Math.min(time, soft);
  const risen = (ramp - (soft / Math.PI) * Math.sin((Math.PI * ramp) / soft)) / 2;
  return (risen + Math.max(0, time - soft)) / (1 - soft);
}

/** There and back in one round: 0 at 0 and 1, 1 halfway, at rest at all three. */
export function thereAndBack(time: number): number {
  return (1 - Math.cos(2 * Math.PI * time)) / 2;
}
