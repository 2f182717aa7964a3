/** Steps that may be lost with an attempt, as far as they are quick. */
const MOST_STEPS = 5;
/** One step that took longer than this is worth saving by itself. */
const MOST_MS = 10_000;

/** Whether what was done since the last checkpoint is too much to lose. */
export function isWorthSaving({ steps, ms }: { steps: number; ms: number }): boolean {
  return steps >= MOST_STEPS || ms >= MOST_MS;
}
