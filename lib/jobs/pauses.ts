import { type SQL, sql } from 'drizzle-orm';
import type { jobs } from '#lib/db/schema/jobs';
import { queues, queueState } from '#lib/db/schema/queues';

/** Whether an owner's queue is paused, as of the statement that asks. `ownerId` is a column or a value. */
export function isPaused(ownerId: SQL | typeof jobs.ownerId): SQL<boolean> {
  return sql`EXISTS (SELECT 1 FROM ${queues} WHERE ${queues.ownerId} = ${ownerId} AND ${queues.pausedAt} IS NOT NULL)`;
}

/** Whether an administrator has paused everything. */
export const EVERYTHING_PAUSED = sql`EXISTS (SELECT 1 FROM ${queueState} WHERE ${queueState.pausedAt} IS NOT NULL)`;
