import { onBehalfOf } from '#lib/core/actor';
import { toIso } from '#lib/core/clock';
import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { getJobResource } from '#lib/jobs/job-resources';
import type { Delivery } from './deliveries.ts';

/** The body of a delivery's message, made now. Its timestamp is that of what happened. */
export async function messageBody(
  db: Database,
  ownerId: string,
  { event, createdAt, webhookId, jobId }: Delivery,
  now: number,
): Promise<string> {
  const data = jobId === null ? { webhook_id: webhookId } : await jobData(db, ownerId, { event, jobId }, now);
  return JSON.stringify({ type: event, timestamp: toIso(createdAt), data });
}

/** The job as it stands; of one that was deleted meanwhile, what is known of it. */
async function jobData(
  db: Database,
  ownerId: string,
  { event, jobId }: { event: string; jobId: string },
  now: number,
): Promise<object> {
  try {
    return await getJobResource(db, onBehalfOf(ownerId), jobId, now);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'not_found')) throw error;
    return { id: jobId, status: event.replace('job.', '') };
  }
}
