'use client';

import { useCallback, useEffect, useRef } from 'react';

/**
 * Call `poll` again and again, each time `delayMs` after the last answer: slower while the page is hidden, at once
 * when it is looked at again. Returns a function that polls now. A delay of null stops.
 */
export function useVisiblePolling(
  poll: () => Promise<void>,
  { delayMs, hiddenDelayMs }: { delayMs: number | null; hiddenDelayMs: number },
): () => void {
  const pollNow = useRef<() => void>(undefined);

  useEffect(() => {
    if (delayMs === null) return;
    let timer: ReturnType<typeof setTimeout>;
    let stopped = false;
    const schedule = () => {
      clearTimeout(timer);
      if (!stopped) timer = setTimeout(run, document.hidden ? hiddenDelayMs : delayMs);
    };
    const run = () => {
      clearTimeout(timer);
      void poll().finally(schedule);
    };
    const onVisible = () => !document.hidden && run();
    pollNow.current = run;
    document.addEventListener('visibilitychange', onVisible);
    schedule();
    return () => {
      stopped = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', onVisible);
    };
  }, [poll, delayMs, hiddenDelayMs]);

  return useCallback(() => pollNow.current?.(), []);
}
