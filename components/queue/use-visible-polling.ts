'use client';

import { useCallback, useEffect, useRef } from 'react';
import { Polling, type Read } from './polling.ts';

/**
 * Read again and again, each time `delayMs` after the last answer: slower while the page is hidden, at once when it is
 * looked at again. Returns a function that reads now. A delay of null reads only then.
 */
export function useVisiblePolling(
  read: Read,
  { delayMs, hiddenDelayMs }: { delayMs: number | null; hiddenDelayMs: number },
): () => Promise<void> {
  const current = useRef<Polling>(undefined);

  useEffect(() => {
    const polling = new Polling(read, () => delayMs && (document.hidden ? hiddenDelayMs : delayMs));
    const onVisible = () => {
      if (delayMs !== null && !document.hidden) void polling.now();
    };
    current.current = polling;
    document.addEventListener('visibilitychange', onVisible);
    polling.schedule();
    return () => {
      polling.stop();
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [read, delayMs, hiddenDelayMs]);

  return useCallback(async () => current.current?.now(), []);
}
