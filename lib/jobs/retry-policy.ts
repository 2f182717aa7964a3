const FIRST_DELAY_MS = 2_000;
const LONGEST_DELAY_MS = 10 * 60_000;

/**
 * How long a job waits before its next attempt: exponential from 2 s, at most 10 min, of which the last half is
 * drawn at random so that jobs that failed together do not return together.
 * @param attempt attempts made so far, from 1
 * @param random uniform in [0, 1)
 */
export function retryDelayMs(attempt: number, random: number = Math.random()): number {
  const ceilingMs = Math.min(FIRST_DELAY_MS * 2 ** (attempt - 1), LONGEST_DELAY_MS);
  return Math.round(ceilingMs * (0.5 + 0.5 * random));
}

const SHORTEST_RECHECK_MS = 15_000;

/**
 * How long a job waits that lacks something people have to see to, such as weights, before it is looked at again: 15 to
 * 30 s, for as long as it takes.
 * @param random uniform in [0, 1)
 */
export function recheckDelayMs(random: number = Math.random()): number {
  return Math.round(SHORTEST_RECHECK_MS * (1 + random));
}
