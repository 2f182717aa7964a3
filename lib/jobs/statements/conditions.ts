import { type SQL, sql } from 'drizzle-orm';
import { jobs } from '#lib/db/schema/jobs';
import type { JobStatus } from '../resource.ts';

/*
 * States as conditions, written out instead of bound: a partial index serves only a condition that names all of its own.
 * That is why a job that is `pending` or `processing` is said to be active as well.
 */

export const ACTIVE = sql`${jobs.status} IN ('pending','processing')`;
export const PENDING = sql`${ACTIVE} AND ${jobs.status} = 'pending'`;
export const PROCESSING = sql`${ACTIVE} AND ${jobs.status} = 'processing'`;
export const ENDED = sql`${jobs.status} NOT IN ('pending','processing')`;

export function isIn(status: JobStatus): SQL {
  if (status === 'pending') return PENDING;
  return status === 'processing' ? PROCESSING : sql`${ENDED} AND ${jobs.status} = ${status}`;
}

/** Waits for nothing but its turn. */
export const READY = sql`${jobs.status} = 'pending' AND ${jobs.scheduled} = 0 AND ${jobs.held} = 0`;
/** The order in which they go: urgent ones first, then by turns, then those that were there first. */
export const IN_LINE = sql`priority DESC, vt, rowid`;
/** Waits for its `runAt`. */
export const SCHEDULED = sql`${jobs.status} = 'pending' AND ${jobs.scheduled} = 1`;
