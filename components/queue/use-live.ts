'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useState } from 'react';
import { ask } from './ask.ts';
import { useVisiblePolling } from './use-visible-polling.ts';

const POLL_MS = 1000;
const HIDDEN_MS = 15_000;

/** Something with an address of its own, kept current while it moves. `refresh` reads it again at once. */
export function useLive<T extends { urls: { self: string } }>(initial: T, isMoving: (now: T) => boolean) {
  const [current, setCurrent] = useState(initial);
  const [signedOut, setSignedOut] = useState(false);
  const router = useRouter();
  const url = initial.urls.self;
  const read = useCallback(
    async (signal: AbortSignal) => {
      try {
        const answer = await ask(url, { signal });
        setSignedOut(answer.status === 401);
        // It was deleted meanwhile, and the page says so once it is asked for again.
        if (answer.status === 404) router.refresh();
        if (!answer.ok) return;
        const now = (await answer.json()) as T;
        if (!signal.aborted) setCurrent(now);
      } catch {
        // No answer, or half of one: what is shown stays until the next.
      }
    },
    [url, router],
  );
  const refresh = useVisiblePolling(read, {
    delayMs: isMoving(current) ? POLL_MS : null,
    hiddenDelayMs: HIDDEN_MS,
  });
  return { current, signedOut, refresh };
}
