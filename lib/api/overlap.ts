import { z } from 'zod';

const DAY_SECONDS = 24 * 60 * 60;

/** The body of a rotation: how long what is replaced holds beside what replaces it, a day unless it is said. */
export function overlapBody(description: string) {
  const seconds = z
    .int()
    .min(0)
    .max(30 * DAY_SECONDS)
    .default(DAY_SECONDS);
  return z.strictObject({ overlap_seconds: seconds.meta({ description }) });
}
