import { and, count, eq, gt, lt, or } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import type { Job } from './resource.ts';
import { isWorkerAlive } from './workers.ts';

export interface Wait {
  /** Its turn among everybody's pending jobs, from 1; null for a job that does not wait. */
  queuePosition: number | null;
  waitingReason: string | null;
}

/** Where a job stands in the queue, and what it waits for, in words. */
export async function describeWait(db: Database, job: Job, now: number): Promise<Wait> {
  if (job.status !== 'pending') return { queuePosition: null, waitingReason: null };
  const ahead = await countAhead(db, job);
  const alive = await isWorkerAlive(db, now);
  return {
    queuePosition: ahead + 1,
    waitingReason: alive ? reasonFor(job, ahead, now) : 'No worker is running',
  };
}

async function countAhead(db: Database, job: Job): Promise<number> {
  const ahead = or(
    gt(jobs.priority, job.priority),
    and(eq(jobs.priority, job.priority), lt(jobs.id, job.id)),
  );
  const [row] = await db
    .select({ total: count() })
    .from(jobs)
    .where(and(eq(jobs.status, 'pending'), ahead));
  return row!.total;
}

function reasonFor(job: Job, ahead: number, now: number): string {
  if (job.runAt > now) return `Trying again at ${new Date(job.runAt).toISOString().slice(11, 19)} UTC`;
  if (ahead === 0) return 'Next in line';
  return `Behind ${ahead} ${ahead === 1 ? 'job' : 'jobs'}`;
}
