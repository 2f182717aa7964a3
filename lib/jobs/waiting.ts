import { and, count, eq, gt, lt, or } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { READY } from './conditions.ts';
import { queuePause } from './queue-control.ts';
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
  const pause = await queuePause(db, job.ownerId);
  if (pause) return { queuePosition: null, waitingReason: PAUSED[pause] };
  if (job.runAt > now)
    return { queuePosition: null, waitingReason: `Trying again at ${timeOfDay(job.runAt)}` };
  const ahead = await countAhead(db, job);
  const alive = await isWorkerAlive(db, now);
  return { queuePosition: ahead + 1, waitingReason: alive ? behind(ahead) : 'No worker is running' };
}

const PAUSED = { by_you: 'Your queue is paused', by_operator: 'The operator has paused all queues' };

async function countAhead(db: Database, job: Job): Promise<number> {
  const earlier = or(lt(jobs.vt, job.vt), and(eq(jobs.vt, job.vt), lt(jobs.id, job.id)));
  const ahead = or(gt(jobs.priority, job.priority), and(eq(jobs.priority, job.priority), earlier));
  const [row] = await db.select({ total: count() }).from(jobs).where(and(READY, ahead));
  return row!.total;
}

function timeOfDay(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(11, 19)} UTC`;
}

function behind(ahead: number): string {
  if (ahead === 0) return 'Next in line';
  return `Behind ${ahead} ${ahead === 1 ? 'job' : 'jobs'}`;
}
