'use client';

import { useCallback, useState } from 'react';
import type { JobResource } from '#lib/jobs/resource';
import { useVisiblePolling } from '../queue/use-visible-polling.ts';
import { isActive } from './job-status.tsx';

const POLL_MS = 1000;
const HIDDEN_MS = 15_000;

/** One job, kept current while it waits or runs. `refresh` reads it again at once. */
export function useJob(initial: JobResource) {
  const [job, setJob] = useState(initial);
  const poll = useCallback(async () => {
    const answer = await fetch(initial.urls.self, { cache: 'no-store' }).catch(() => null);
    if (answer?.ok) setJob((await answer.json()) as JobResource);
  }, [initial.urls.self]);
  useVisiblePolling(poll, { delayMs: isActive(job) ? POLL_MS : null, hiddenDelayMs: HIDDEN_MS });
  return { job, refresh: poll };
}
