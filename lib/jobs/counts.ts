import { and, count, eq, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { JOB_STATUSES, jobs } from '#lib/db/schema/jobs';
import type { JobStatus } from './resource.ts';
import { ACTIVE, ENDED } from './statements/conditions.ts';

/** How many of the actor's jobs are in each state. */
export async function queueCounts(db: Database, actor: Actor): Promise<Record<JobStatus, number>> {
  const active = await activeCounts(db, actor);
  const ended = await countByStatus(db, and(eq(jobs.ownerId, actor.userId), ENDED));
  return { ...ended, pending: active.pending, processing: active.processing };
}

/** The same for the active states alone, whatever the length of the history. */
export async function activeCounts(db: Database, actor: Actor): Promise<Record<JobStatus, number>> {
  return countByStatus(db, and(eq(jobs.ownerId, actor.userId), ACTIVE));
}

async function countByStatus(db: Database, where: SQL | undefined): Promise<Record<JobStatus, number>> {
  const rows = await db
    .select({ status: jobs.status, total: count() })
    .from(jobs)
    .where(where)
    .groupBy(jobs.status);
  const counts = Object.fromEntries(JOB_STATUSES.map((status) => [status, 0])) as Record<JobStatus, number>;
  for (const { status, total } of rows) counts[status] = total;
  return counts;
}
