import { and, eq, exists, type SQL, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import type { Database } from '#lib/db/client';
import { EVERYTHING_PAUSED, isPaused, ITS_OWN } from './statements/pauses.ts';
import type { JobStatus } from './resource.ts';
import type { JobProgress, StageFile } from '#lib/db/schema/job-values';
import { jobCheckpoints, jobs, jobStages } from '#lib/db/schema/jobs';

/**
 * The right to write a running job: held by one worker, for one claim. `fence` rises with every claim, so a
 * worker that lost its lease and does not know it yet carries an old one, and its writes match no row.
 */
export interface Lease {
  jobId: string;
  workerId: string;
  fence: number;
}

/** The guard of every write to a running job. Of the lease's parts each may be a value or SQL. */
export function heldBy(lease: { [Part in keyof Lease]: Lease[Part] | SQL }) {
  return and(
    eq(jobs.id, lease.jobId),
    eq(jobs.status, 'processing'),
    eq(jobs.workerId, lease.workerId),
    eq(jobs.fence, lease.fence),
  );
}

/** Write to a running job; false where the lease was lost. */
export async function updateHeld(
  db: Database,
  lease: Lease,
  columns: SQLiteUpdateSetSource<typeof jobs>,
): Promise<boolean> {
  const rows = await db.update(jobs).set(columns).where(heldBy(lease)).returning({ id: jobs.id });
  return rows.length > 0;
}

/** What a heartbeat learns: whether the lease still stands, and whether somebody wants the run stopped. */
export type LeaseState = 'held' | 'cancel_requested' | 'paused' | 'lost';

/** Renew a lease until `expiresAt`. */
export async function renewLease(db: Database, lease: Lease, expiresAt: number): Promise<LeaseState> {
  const [row] = await db
    .update(jobs)
    .set({ leaseExpiresAt: expiresAt })
    .where(heldBy(lease))
    .returning({
      cancelRequestedAt: jobs.cancelRequestedAt,
      isPaused: sql<number>`${isPaused(ITS_OWN)} OR ${EVERYTHING_PAUSED}`,
    });
  if (!row) return 'lost';
  if (row.cancelRequestedAt !== null) return 'cancel_requested';
  return row.isPaused === 1 ? 'paused' : 'held';
}

/** The state of a job that nobody has claimed since; null where somebody has, or it is gone. */
export async function statusUnder(db: Database, { jobId, fence }: Lease): Promise<JobStatus | null> {
  const [row] = await db
    .select({ status: jobs.status })
    .from(jobs)
    .where(and(eq(jobs.id, jobId), eq(jobs.fence, fence)));
  return row?.status ?? null;
}

/** Write where the run is; false where the lease was lost. */
export async function reportProgress(
  db: Database,
  lease: Lease,
  progress: JobProgress,
  now: number,
): Promise<boolean> {
  return updateHeld(db, lease, { progress, updatedAt: now });
}

/** A stage whose files were found missing was run again: its new record takes the old one's place. */
const REPLACED_STAGE = {
  fence: sql`excluded.fence`,
  files: sql`excluded.files`,
  elapsedMs: sql`excluded.elapsed_ms`,
  warnings: sql`excluded.warnings`,
  models: sql`excluded.models`,
  completedAt: sql`excluded.completed_at`,
};

export interface FinishedStage {
  stage: string;
  files: StageFile[];
  elapsedMs: number;
  warnings: string[];
  models: string[];
}

/** Record a finished stage, so that no later attempt repeats any of it; false where the lease was lost. */
export async function recordStage(
  db: Database,
  lease: Lease,
  finished: FinishedStage,
  now: number,
): Promise<boolean> {
  const owned = db
    .select({
      jobId: jobs.id,
      stage: sql`${finished.stage}`.as('stage'),
      fence: jobs.fence,
      files: sql`${JSON.stringify(finished.files)}`.as('files'),
      elapsedMs: sql`${finished.elapsedMs}`.as('elapsed_ms'),
      warnings: sql`${JSON.stringify(finished.warnings)}`.as('warnings'),
      models: sql`${JSON.stringify(finished.models)}`.as('models'),
      completedAt: sql`${now}`.as('completed_at'),
    })
    .from(jobs)
    .where(heldBy(lease));
  const record = db
    .insert(jobStages)
    .select(owned)
    .onConflictDoUpdate({ target: [jobStages.jobId, jobStages.stage], set: REPLACED_STAGE })
    .returning({ jobId: jobStages.jobId });
  const [rows] = await db.batch([record, forgetCheckpoint(db, lease, finished.stage)]);
  return rows.length > 0;
}

function forgetCheckpoint(db: Database, lease: Lease, stage: string) {
  const held = db.select({ id: jobs.id }).from(jobs).where(heldBy(lease));
  const itsOwn = and(eq(jobCheckpoints.jobId, lease.jobId), eq(jobCheckpoints.stage, stage));
  return db.delete(jobCheckpoints).where(and(itsOwn, exists(held)));
}
