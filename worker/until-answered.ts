import { setTimeout as delay } from 'node:timers/promises';
import { unavailable } from '#lib/db/unavailable';

const ASK_AGAIN_MS = 250;

/**
 * Ask the database until it answers, or the signal is aborted: a short absence of it must not cost what took a stage to
 * make. For writes that come to the same done twice, since the answer that was lost may have been a yes.
 */
export async function untilAnswered<T>(ask: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted || !unavailable(error)) throw error;
      await delay(ASK_AGAIN_MS);
    }
  }
}
