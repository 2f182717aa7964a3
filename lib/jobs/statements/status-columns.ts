import { type SQL, sql } from 'drizzle-orm';
import { jobs } from '#lib/db/schema/jobs';
import { type Belonging, isPaused, ITS_OWN } from './pauses.ts';
import type { JobStatus } from '../resource.ts';

/* What a change of status writes besides it. */

export const NO_LEASE = { workerId: null, leaseExpiresAt: null };

/** The columns of an ended job. A cancel that was accepted before the end wins over it. */
export function endedAs(status: 'completed' | 'failed', now: number | SQL<number>) {
  return unlessCancelled(status, sql`${now}`, now);
}

/** The columns of a job that goes back to the queue and may be claimed from `runAt`. */
export function pendingFrom(runAt: number, now: number) {
  return { ...unlessCancelled('pending', sql`NULL`, now), ...waiting(ITS_OWN, runAt, now) };
}

/** The columns that say what a pending job waits for. */
export function waiting(belonging: Belonging, runAt: number, now: number) {
  return { runAt, scheduled: runAt > now, held: isPaused(belonging) };
}

function unlessCancelled(status: JobStatus, completedAt: SQL, now: number | SQL<number>) {
  const cancelled = sql`${jobs.cancelRequestedAt} IS NOT NULL`;
  return {
    ...NO_LEASE,
    status: sql<JobStatus>`CASE WHEN ${cancelled} THEN 'cancelled' ELSE ${status} END`,
    completedAt: sql`CASE WHEN ${cancelled} THEN ${now} ELSE ${completedAt} END`,
    updatedAt: now,
  };
}
