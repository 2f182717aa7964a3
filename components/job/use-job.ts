'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useState } from 'react';
import type { JobResource } from '#lib/jobs/resource';
import { ask } from '../queue/ask.ts';
import { useVisiblePolling } from '../queue/use-visible-polling.ts';
import { isActive } from './job-status.tsx';

const POLL_MS = 1000;
const HIDDEN_MS = 15_000;

/** One job, kept current while it waits or runs. `refresh` reads it again at once. */
export function useJob(initial: JobResource) {
  const [job, setJob] = useState(initial);
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
        const now = (await answer.json()) as JobResource;
        if (!signal.aborted) setJob(now);
      } catch {
        // No answer, or half of one: what is shown stays until the next.
      }
    },
    [url, router],
  );
  const refresh = useVisiblePolling(read, {
    delayMs: isActive(job) ? POLL_MS : null,
    hiddenDelayMs: HIDDEN_MS,
  });
  return { job, signedOut, refresh };
}
