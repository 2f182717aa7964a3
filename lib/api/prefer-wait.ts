import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import type { JobResource } from '#lib/jobs/resource';
import { type JobWatcher, watcherOf } from '#lib/jobs/watch/job-watcher';
import { getJobNow, type JobNow } from '#lib/jobs/watch/watched-jobs';
import { endBeforeExit } from './events/before-exit.ts';
import { isOver } from './events/job-events.ts';
import { takePlace } from './events/open-streams.ts';
import type { ActorCall } from './serve.ts';

const LONGEST_WAIT_S = 60;

/** How long a request would wait for a job's end (`Prefer: wait=n`, RFC 7240), seconds; null where it does not ask to. */
export function secondsToWait(request: Request): number | null {
  const preferences = (request.headers.get('prefer') ?? '').split(',');
  // The first one counts. One that is not understood is passed over.
  const wait = preferences.find((preference) => /^\s*wait\b/i.test(preference));
  const seconds = /^\s*wait\s*=\s*"?(\d{1,9})"?\s*(;.*)?$/i.exec(wait ?? '')?.[1];
  return seconds === undefined ? null : Math.min(Number(seconds), LONGEST_WAIT_S);
}

/**
 * What a request for a new job is answered, once the job has ended or the time it would wait is over: 200 with the job
 * as it ended, or the 202 that it was accepted with and how far it is. Any other answer is left as it is.
 */
export async function whenEnded(call: ActorCall, accepted: Response): Promise<Response> {
  if (accepted.status !== 202) return accepted;
  const { id } = (await accepted.clone().json()) as { id: string };
  const waited = await waitForJob(call, id);
  if (!waited) return accepted;
  const headers = new Headers(accepted.headers);
  waited.headers.forEach((value, name) => headers.set(name, value));
  return Response.json(waited.resource, { status: waited.isOver ? 200 : 202, headers });
}

/** A job of the actor's as it is after waiting for its end; null where the request would not wait, or cannot be let to. */
export async function waitForJob(
  { request, db, actor }: Pick<ActorCall, 'request' | 'db' | 'actor'>,
  id: string,
): Promise<{ resource: JobResource; isOver: boolean; headers: Headers } | null> {
  const seconds = secondsToWait(request);
  const leave = seconds === null ? null : takePlace(actor.userId);
  if (!leave) return null;
  try {
    const now = await endOf(db, actor, id, { ms: 1000 * seconds!, signal: request.signal });
    const headers = new Headers({ 'Preference-Applied': `wait=${seconds}` });
    return { resource: now.resource, isOver: isOver(now), headers };
  } finally {
    leave();
  }
}

interface Patience {
  ms: number;
  /** That of who waits. */
  signal: AbortSignal;
}

async function endOf(db: Database, actor: Actor, id: string, patience: Patience): Promise<JobNow> {
  const now = await getJobNow(db, actor, id, systemClock());
  if (isOver(now) || patience.signal.aborted) return now;
  await endOrPatience(watcherOf(db), now, patience);
  return getJobNow(db, actor, id, systemClock());
}

/** Resolves once a job has ended or is gone, or nobody waits for it any more. */
function endOrPatience(watcher: JobWatcher, { job }: JobNow, { ms, signal }: Patience): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      unwatch();
      stay();
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const unwatch = watcher.watch(job, (now) => {
      if (!now || isOver(now)) done();
    });
    const stay = endBeforeExit(done);
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
