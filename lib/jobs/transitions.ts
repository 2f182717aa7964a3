import { and, asc, desc, eq, exists, inArray, lte, not, type SQL, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { jobOutputs, jobs, type JobError, type JobMetrics } from '#lib/db/schema/jobs';
import { READY, SCHEDULED } from './conditions.ts';
import { heldBy, type Lease, updateHeld } from './lease.ts';
import type { Job, JobOutput, JobStatus } from './resource.ts';
import { EVERYTHING_PAUSED } from './pauses.ts';
import { retryDelayMs } from './retry-policy.ts';
import { endedAs, NO_LEASE, pendingFrom } from './status-columns.ts';
import { moveClocksOn } from './turns.ts';

/*
 * The arrows of the job's diagram (docs/job-lifecycle.md) that a worker draws; people's are in requests.ts. Nothing else
 * writes `status`. Each is one guarded statement, or one batch led by it: no row back means that the job was no longer
 * there to be moved.
 */

export interface Claim {
  workerId: string;
  /** Most jobs to take. */
  limit: number;
  leaseMs: number;
}

/** pending → processing, for up to `limit` jobs that are due: highest priority, then whose turn it is, then oldest. */
export async function claimJobs(db: Database, claim: Claim, now: number): Promise<Job[]> {
  if (!(await isAnythingDue(db, now))) return [];
  const [, claimed] = await db.batch([
    promoteScheduled(db, now),
    claimReady(db, claim, now),
    moveClocksOn(db),
  ]);
  return claimed;
}

/** A look without the write lock, so that an idle worker disturbs nobody. Two look-ups: one with OR would scan. */
async function isAnythingDue(db: Database, now: number): Promise<boolean> {
  const any = (condition: SQL | undefined) =>
    exists(db.select({ id: jobs.id }).from(jobs).where(condition).limit(1));
  const row = await db.get<{ due: number }>(
    sql`SELECT NOT ${EVERYTHING_PAUSED} AND (${any(READY)} OR ${any(and(SCHEDULED, lte(jobs.runAt, now)))}) AS due`,
  );
  return row.due === 1;
}

function promoteScheduled(db: Database, now: number) {
  return db
    .update(jobs)
    .set({ scheduled: false })
    .where(and(SCHEDULED, lte(jobs.runAt, now)));
}

function claimReady(db: Database, claim: Claim, now: number) {
  const next = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(READY, not(EVERYTHING_PAUSED)))
    .orderBy(desc(jobs.priority), asc(jobs.vt), asc(jobs.id))
    .limit(claim.limit);
  return db
    .update(jobs)
    .set({
      status: 'processing',
      workerId: claim.workerId,
      fence: sql`${jobs.fence} + 1`,
      attempt: sql`${jobs.attempt} + 1`,
      leaseExpiresAt: now + claim.leaseMs,
      startedAt: sql`coalesce(${jobs.startedAt}, ${now})`,
      updatedAt: now,
    })
    .where(inArray(jobs.id, next))
    .returning();
}

/**
 * processing → completed, with its outputs in the same transaction. Returns what it became: `cancelled`, where a cancel
 * had been accepted; null where the lease was lost.
 */
export async function completeJob(
  db: Database,
  lease: Lease,
  { outputs, metrics }: { outputs: Omit<JobOutput, 'jobId'>[]; metrics: JobMetrics },
  now: number,
): Promise<JobStatus | null> {
  const finish = db
    .update(jobs)
    .set({ ...endedAs('completed', now), metrics, error: null })
    .where(heldBy(lease))
    .returning({ status: jobs.status });
  const publish = outputs.map((output) => db.run(publishOutput(lease, output)));
  const [[row]] = await db.batch([finish, ...publish]);
  return row?.status ?? null;
}

function publishOutput(lease: Lease, output: Omit<JobOutput, 'jobId'>): SQL {
  return sql`
    INSERT OR IGNORE INTO ${jobOutputs}
      (job_id, name, position, role, content_type, size_bytes, sha256, width, height, file_key)
    SELECT id, ${output.name}, ${output.position}, ${output.role}, ${output.contentType}, ${output.sizeBytes},
      ${output.sha256}, ${output.width}, ${output.height}, ${output.fileKey}
    FROM ${jobs} WHERE id = ${lease.jobId} AND fence = ${lease.fence} AND status = 'completed'`;
}

/** processing → failed: attempts used up, or not worth another; false where the lease was lost. */
export async function failJob(db: Database, lease: Lease, error: JobError, now: number): Promise<boolean> {
  return updateHeld(db, lease, { ...endedAs('failed', now), error });
}

/** processing → pending, not before `runAt`; false where the lease was lost. */
export async function retryJobLater(
  db: Database,
  lease: Lease,
  { error, runAt }: { error: JobError; runAt: number },
  now: number,
): Promise<boolean> {
  return updateHeld(db, lease, { ...pendingFrom(runAt, now), error });
}

/** processing → pending at once, as if this attempt had not been: the worker gives up, not the job. */
export async function releaseJob(db: Database, lease: Lease, now: number): Promise<boolean> {
  return updateHeld(db, lease, { ...pendingFrom(now, now), attempt: sql`${jobs.attempt} - 1` });
}

/** A job whose workers died this often is taken to have killed them. */
const MOST_RESCUES = 10;

/**
 * processing → pending, for a job whose worker is gone. The attempt is not counted, since it is seldom the job's doing; one
 * that has lost ten workers → failed. Guarded by the lease as it was seen, expiry included, so that a worker that came
 * back and renewed it keeps its job.
 */
export async function rescueJob(db: Database, job: Job, error: JobError, now: number): Promise<boolean> {
  const usedUp = job.rescues + 1 >= MOST_RESCUES;
  const [row] = await db
    .update(jobs)
    .set({
      ...(usedUp ? endedAs('failed', now) : pendingFrom(now + retryDelayMs(job.rescues + 1), now)),
      attempt: job.attempt - 1,
      rescues: job.rescues + 1,
      error,
    })
    .where(
      and(
        heldBy({ jobId: job.id, workerId: job.workerId!, fence: job.fence }),
        eq(jobs.leaseExpiresAt, job.leaseExpiresAt!),
      ),
    )
    .returning({ id: jobs.id });
  return row !== undefined;
}

/** processing → cancelled, once the run has stopped; false where the lease was lost. */
export async function finishCancel(db: Database, lease: Lease, now: number): Promise<boolean> {
  return updateHeld(db, lease, { ...NO_LEASE, status: 'cancelled', completedAt: now, updatedAt: now });
}
