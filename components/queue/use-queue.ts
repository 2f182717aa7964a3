'use client';

import { useCallback, useRef, useState } from 'react';
import type { QueuePause } from '#lib/jobs/queue-control';
import type { JobResource, JobStatus } from '#lib/jobs/resource';
import { FINISHED, latestOf, RECENT_SHOWN } from './recent.ts';
import { useVisiblePolling } from './use-visible-polling.ts';

export interface QueueState {
  /** Jobs that wait or run, oldest first. */
  active: JobResource[];
  /** Jobs that ended not long ago, newest first. */
  recent: JobResource[];
  paused: QueuePause;
}

interface Poll {
  active_tasks: JobResource[];
  paused: QueuePause;
}

const BUSY_MS = 1000;
const IDLE_MS = 5000;
const HIDDEN_MS = 15_000;
const POLL_URL = '/api/v1/queue/poll';

/**
 * The queue, kept current: the poll asks for active jobs only and is answered 304 while nothing moves; the finished
 * ones are read again when a job has left the active ones.
 */
export function useQueue(initial: QueueState) {
  const [queue, setQueue] = useState(initial);
  const [offline, setOffline] = useState(false);
  const etag = useRef<string | null>(null);
  const activeIds = useRef(new Set(initial.active.map(({ id }) => id)));
  const recentStale = useRef(false);

  const poll = useCallback(async () => {
    const answer = await fetch(POLL_URL, conditional(etag.current)).catch(() => null);
    setOffline(answer === null || answer.status >= 500);
    if (answer?.status === 401) location.assign('/sign-in');
    if (!answer?.ok) return;
    etag.current = answer.headers.get('etag');
    const { active_tasks: active, paused } = (await answer.json()) as Poll;
    const ids = new Set(active.map(({ id }) => id));
    if ([...activeIds.current].some((id) => !ids.has(id))) recentStale.current = true;
    activeIds.current = ids;
    const recent = recentStale.current ? await readRecent() : null;
    if (recent) recentStale.current = false;
    setQueue((before) => ({ active, paused, recent: recent ?? before.recent }));
  }, []);

  const delayMs = queue.active.length > 0 ? BUSY_MS : IDLE_MS;
  const pollNow = useVisiblePolling(poll, { delayMs, hiddenDelayMs: HIDDEN_MS });
  /** Something was just queued or cancelled, and may have ended already. */
  const refresh = useCallback(() => {
    recentStale.current = true;
    etag.current = null;
    pollNow();
  }, [pollNow]);
  return { queue, offline, refresh };
}

function conditional(etag: string | null): RequestInit {
  return { cache: 'no-store', headers: etag ? { 'If-None-Match': etag } : {} };
}

async function readRecent(): Promise<JobResource[] | null> {
  const lists = await Promise.all(FINISHED.map(readFinished)).catch(() => null);
  return lists && latestOf(lists);
}

async function readFinished(status: JobStatus): Promise<JobResource[]> {
  const answer = await fetch(`/api/v1/jobs?status=${status}&limit=${RECENT_SHOWN}`, { cache: 'no-store' });
  if (!answer.ok) throw new Error(`The list of jobs was answered ${answer.status}.`);
  return ((await answer.json()) as { items: JobResource[] }).items;
}
