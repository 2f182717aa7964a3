/** Milliseconds since the Unix epoch. Passed in wherever a decision depends on time, so that tests own it. */
export type Clock = () => number;

export const systemClock: Clock = () => Date.now();

/** Epoch milliseconds as the API writes them: ISO 8601 in UTC, or null. */
export function toIso(epochMs: number | null): string | null {
  return epochMs === null ? null : new Date(epochMs).toISOString();
}
