'use client';

import { useCallback, useRef, useState } from 'react';
import type { JobResource } from '#lib/jobs/resource';
import { useVisiblePolling } from './use-visible-polling.ts';

export interface QueueState {
  /** Jobs that wait or run, oldest first. */
  active: JobResource[];
  /** Jobs that ended not long ago, newest first. */
  recent: JobResource[];
}

const BUSY_MS = 1000;
const IDLE_MS = 5000;
const HIDDEN_MS = 15_000;
const RECENT_SHOWN = 6;
const POLL_URL = '/api/v1/queue/poll';
const RECENT_URL = '/api/v1/jobs?limit=50';

/**
 * The queue, kept current: the poll asks for active jobs only and is answered 304 while nothing moves; the finished
 * ones are read again when a job has left the active ones.
 */
export function useQueue(initial: QueueState) {
  const [queue, setQueue] = useState(initial);
  const [offline, setOffline] = useState(false);
  const etag = useRef<string | null>(null);
  const activeIds = useRef(new Set(initial.active.map(({ id }) => id)));

  const poll = useCallback(async () => {
    const answer = await fetch(POLL_URL, conditional(etag.current)).catch(() => null);
    setOffline(answer === null || answer.status >= 500);
    if (answer?.status === 401) location.assign('/sign-in');
    if (!answer?.ok) return;
    etag.current = answer.headers.get('etag');
    const { active_tasks: active } = (await answer.json()) as { active_tasks: JobResource[] };
    const ids = new Set(active.map(({ id }) => id));
    const someEnded = [...activeIds.current].some((id) => !ids.has(id));
    activeIds.current = ids;
    const recent = someEnded ? await readRecent() : null;
    setQueue((before) => ({ active, recent: recent ?? before.recent }));
  }, []);

  const delayMs = queue.active.length > 0 ? BUSY_MS : IDLE_MS;
  const refresh = useVisiblePolling(poll, { delayMs, hiddenDelayMs: HIDDEN_MS });
  return { queue, offline, refresh };
}

function conditional(etag: string | null): RequestInit {
  return { cache: 'no-store', headers: etag ? { 'If-None-Match': etag } : {} };
}

async function readRecent(): Promise<JobResource[] | null> {
  const answer = await fetch(RECENT_URL, { cache: 'no-store' }).catch(() => null);
  if (!answer?.ok) return null;
  const { items } = (await answer.json()) as { items: JobResource[] };
  return items.filter(({ completed_at }) => completed_at !== null).slice(0, RECENT_SHOWN);
}
