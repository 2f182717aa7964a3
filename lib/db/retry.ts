import { setTimeout as delay } from 'node:timers/promises';

const FIRST_DELAY_MS = 2;
const LONGEST_DELAY_MS = 100;

/** How long, from its first try, an operation may be repeated that failed with this error; 0 where it may not be. */
export type Patience = (error: unknown) => number;

/**
 * Run `operation` until it succeeds or the patience with its failure is used up, with exponential back-off and full
 * jitter. SQLite's own busy timeout would block the event loop while it waits; this waits asynchronously.
 */
export async function retryWhile<T>(patience: Patience, operation: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  for (let ceilingMs = FIRST_DELAY_MS; ; ceilingMs = Math.min(ceilingMs * 2, LONGEST_DELAY_MS)) {
    try {
      return await operation();
    } catch (error) {
      if (performance.now() - startedAt >= patience(error)) throw error;
      await delay(1 + Math.random() * ceilingMs);
    }
  }
}
