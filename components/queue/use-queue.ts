'use client';

import { useCallback, useRef, useState } from 'react';
import type { QueuePause } from '#lib/jobs/queue-control';
import type { JobResource, JobStatus } from '#lib/jobs/resource';
import { ask } from './ask.ts';
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
  const [signedOut, setSignedOut] = useState(false);
  const etag = useRef<string | null>(null);
  const activeIds = useRef(new Set(initial.active.map(({ id }) => id)));
  const recentStale = useRef(false);

  const read = useCallback(async (signal: AbortSignal) => {
    try {
      const answer = await ask(POLL_URL, { signal, headers: conditional(etag.current) });
      setOffline(answer.status >= 500);
      setSignedOut(answer.status === 401);
      if (!answer.ok) return;
      const { active_tasks: active, paused } = (await answer.json()) as Poll;
      const ids = new Set(active.map(({ id }) => id));
      if ([...activeIds.current].some((id) => !ids.has(id))) recentStale.current = true;
      const recent = recentStale.current ? await readRecent(signal) : null;
      if (signal.aborted) return;
      if (recent) recentStale.current = false;
      activeIds.current = ids;
      // While the finished ones are missing, the next poll must not be answered 304.
      etag.current = recentStale.current ? null : answer.headers.get('etag');
      setQueue((before) => ({ active, paused, recent: recent ?? before.recent }));
    } catch {
      if (!signal.aborted) setOffline(true);
    }
  }, []);

  const delayMs = queue.active.length > 0 ? BUSY_MS : IDLE_MS;
  const pollNow = useVisiblePolling(read, { delayMs, hiddenDelayMs: HIDDEN_MS });
  /** Something was just queued or cancelled, and may have ended already. */
  const refresh = useCallback(() => {
    recentStale.current = true;
    etag.current = null;
    void pollNow();
  }, [pollNow]);
  return { queue, offline, signedOut, refresh };
}

function conditional(etag: string | null): HeadersInit {
  return etag ? { 'If-None-Match': etag } : {};
}

/** The finished jobs, or null where they could not be read. */
async function readRecent(signal: AbortSignal): Promise<JobResource[] | null> {
  const lists = await Promise.all(FINISHED.map((status) => readFinished(status, signal))).catch(() => null);
  return lists && latestOf(lists);
}

async function readFinished(status: JobStatus, signal: AbortSignal): Promise<JobResource[]> {
  const answer = await ask(`/api/v1/jobs?status=${status}&limit=${RECENT_SHOWN}`, { signal });
  if (!answer.ok) throw new Error(`The list of jobs was answered ${answer.status}.`);
  return ((await answer.json()) as { items: JobResource[] }).items;
}
