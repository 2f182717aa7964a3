import { type SQL, sql } from 'drizzle-orm';
import { batches } from '#lib/db/schema/batches';
import { jobs } from '#lib/db/schema/jobs';
import { queues, queueState } from '#lib/db/schema/queues';

/** Who and what a job belongs to: columns or values. */
export interface Belonging {
  ownerId: SQL | typeof jobs.ownerId;
  batchId: SQL | typeof jobs.batchId;
}

/** The same of the row a statement is about. */
export const ITS_OWN: Belonging = { ownerId: jobs.ownerId, batchId: jobs.batchId };

/** Whether the owner's queue or the batch is paused, as of the statement that asks. */
export function isPaused({ ownerId, batchId }: Belonging): SQL<boolean> {
  return sql`(EXISTS (SELECT 1 FROM ${queues} WHERE ${queues.ownerId} = ${ownerId} AND ${queues.pausedAt} IS NOT NULL)
    OR EXISTS (SELECT 1 FROM ${batches} WHERE ${batches.id} = ${batchId} AND ${batches.pausedAt} IS NOT NULL))`;
}

/** Whether an administrator has paused everything. */
export const EVERYTHING_PAUSED = sql`EXISTS (SELECT 1 FROM ${queueState} WHERE ${queueState.pausedAt} IS NOT NULL)`;
