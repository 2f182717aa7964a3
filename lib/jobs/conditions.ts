import { sql } from 'drizzle-orm';
import { jobs } from '#lib/db/schema/jobs';

/* States as conditions, written out instead of bound: a partial index serves only a condition that can be seen. */

export const PENDING = sql`${jobs.status} = 'pending'`;
export const PROCESSING = sql`${jobs.status} = 'processing'`;
export const ACTIVE = sql`${jobs.status} IN ('pending','processing')`;
/** Waits for nothing but its turn. */
export const READY = sql`${jobs.status} = 'pending' AND ${jobs.scheduled} = 0 AND ${jobs.held} = 0`;
/** Waits for its `runAt`. */
export const SCHEDULED = sql`${jobs.status} = 'pending' AND ${jobs.scheduled} = 1`;
