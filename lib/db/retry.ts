import { setTimeout as delay } from 'node:timers/promises';

const DEADLINE_MS = 10_000;
const FIRST_DELAY_MS = 2;
const LONGEST_DELAY_MS = 100;

/** True where another connection held the lock: nothing was written, and the statement can be sent again. */
export function isBusy(error: unknown): boolean {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^SQLITE_(BUSY|LOCKED)/.test(code);
}

/**
 * Run `operation` until it is not refused for a lock, with exponential back-off and full jitter. SQLite's own
 * busy timeout would block the event loop while it waits; this waits asynchronously.
 */
export async function retryWhileBusy<T>(operation: () => Promise<T>): Promise<T> {
  const deadline = performance.now() + DEADLINE_MS;
  for (let ceilingMs = FIRST_DELAY_MS; ; ceilingMs = Math.min(ceilingMs * 2, LONGEST_DELAY_MS)) {
    try {
      return await operation();
    } catch (error) {
      if (!isBusy(error) || performance.now() > deadline) throw error;
      await delay(1 + Math.random() * ceilingMs);
    }
  }
}
