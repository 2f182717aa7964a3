import { count, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { JOB_STATUSES, jobs } from '#lib/db/schema/jobs';
import { weightFetches } from '#lib/db/schema/weights';
import type { JobStatus } from './resource.ts';
import { ACTIVE, ENDED, READY } from './statements/conditions.ts';
import type { WeightFetch } from './weight-fetches.ts';

/* How the queue of everybody stands, for those who watch over it. */

/** The history is counted row by row, so it is not counted at every look. */
const ENDED_COUNTED_EVERY_MS = 60_000;

interface EndedCounts {
  at: number;
  counts: [JobStatus, number][];
}

const endedCounts = new WeakMap<Database, EndedCounts>();

/** How many jobs there are in each state, of those that have ended as of a minute ago at most. */
export async function jobCounts(db: Database, now: number): Promise<Record<JobStatus, number>> {
  const none = JOB_STATUSES.map((status) => [status, 0] as const);
  const counts = [...none, ...(await countWhere(db, ACTIVE)), ...(await countEnded(db, now))];
  return Object.fromEntries(counts) as Record<JobStatus, number>;
}

/** How long a job that waits for nothing but its turn has been there, in milliseconds; 0 where there is none. */
export async function oldestReadyAge(db: Database, now: number): Promise<number> {
  // With the plus: else SQLite looks through the table from its beginning.
  const first = sql`(SELECT min(+rowid) FROM ${jobs} WHERE ${READY})`;
  const [oldest] = await db
    .select({ createdAt: jobs.createdAt })
    .from(jobs)
    .where(sql`rowid = ${first}`);
  return oldest ? Math.max(0, now - oldest.createdAt) : 0;
}

/** Every model whose weights a worker fetches, or has tried to fetch. */
export async function allFetches(db: Database): Promise<WeightFetch[]> {
  return db.select().from(weightFetches);
}

async function countEnded(db: Database, now: number): Promise<EndedCounts['counts']> {
  const last = endedCounts.get(db);
  if (last && Math.abs(now - last.at) < ENDED_COUNTED_EVERY_MS) return last.counts;
  const counts = await countWhere(db, ENDED);
  endedCounts.set(db, { at: now, counts });
  return counts;
}

async function countWhere(db: Database, where: typeof ACTIVE): Promise<[JobStatus, number][]> {
  const rows = await db
    .select({ status: jobs.status, total: count() })
    .from(jobs)
    .where(where)
    .groupBy(jobs.status);
  return rows.map(({ status, total }) => [status, total]);
}
