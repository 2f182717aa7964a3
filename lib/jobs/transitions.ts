import { and, asc, desc, eq, inArray, lte, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { AppError, notFound } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { jobInputs, jobOutputs, jobs, type JobError, type JobMetrics } from '#lib/db/schema/jobs';
import { heldBy, type Lease } from './lease.ts';
import type { Job, JobOutput, JobStatus } from './resource.ts';
import { retryDelayMs } from './retry-policy.ts';

/*
 * One function for each arrow of the job's diagram (docs/job-lifecycle.md). Nothing else writes `status`. Each is one
 * guarded statement, or one batch led by it: no row back means that the job was no longer there to be moved.
 */

const FINISHED: JobStatus[] = ['completed', 'failed', 'cancelled'];
const NO_LEASE = { workerId: null, leaseExpiresAt: null };

export interface NewJob {
  ownerId: string;
  pipeline: string;
  model: string;
  params: Record<string, unknown>;
  priority: number;
  maxAttempts: number;
  warnings: string[];
  inputs: { role: string; uploadId: string }[];
}

/** (request) → pending */
export async function enqueueJob(db: Database, job: NewJob, now: number): Promise<Job> {
  const { inputs, ...columns } = job;
  const id = newId();
  const times = { runAt: now, createdAt: now, updatedAt: now };
  const insert = db
    .insert(jobs)
    .values({ ...columns, id, status: 'pending', ...times })
    .returning();
  const roles = inputs.map((input) => db.insert(jobInputs).values({ ...input, jobId: id }));
  const [[row]] = await db.batch([insert, ...roles]);
  return row!;
}

export interface Claim {
  workerId: string;
  /** Most jobs to take. */
  limit: number;
  leaseMs: number;
}

/** pending → processing, for up to `limit` jobs that are due: highest priority first, then oldest. */
export async function claimJobs(db: Database, claim: Claim, now: number): Promise<Job[]> {
  const next = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.status, 'pending'), lte(jobs.runAt, now)))
    .orderBy(desc(jobs.priority), asc(jobs.id))
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

/** processing → completed, with its outputs in the same transaction; false where the lease was lost. */
export async function completeJob(
  db: Database,
  lease: Lease,
  { outputs, metrics }: { outputs: Omit<JobOutput, 'jobId'>[]; metrics: JobMetrics },
  now: number,
): Promise<boolean> {
  const finish = db
    .update(jobs)
    .set({ ...endedAs('completed', now), metrics, error: null })
    .where(heldBy(lease))
    .returning({ status: jobs.status });
  const publish = outputs.map((output) => db.run(publishOutput(lease, output)));
  const [rows] = await db.batch([finish, ...publish]);
  return rows.length > 0;
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
  const rows = await db
    .update(jobs)
    .set({ ...endedAs('failed', now), error })
    .where(heldBy(lease))
    .returning({ id: jobs.id });
  return rows.length > 0;
}

/** processing → pending, not before `runAt`; false where the lease was lost. */
export async function retryJobLater(
  db: Database,
  lease: Lease,
  again: { error: JobError; runAt: number },
  now: number,
): Promise<boolean> {
  return requeue(db, lease, again, now);
}

/** processing → pending at once, as if this attempt had not been: the worker gives up, not the job. */
export async function releaseJob(db: Database, lease: Lease, now: number): Promise<boolean> {
  return requeue(db, lease, { runAt: now, attempt: sql`${jobs.attempt} - 1` }, now);
}

async function requeue(
  db: Database,
  lease: Lease,
  change: { runAt: number; error?: JobError; attempt?: SQL },
  now: number,
): Promise<boolean> {
  const rows = await db
    .update(jobs)
    .set({ ...unlessCancelled('pending', null, now), ...change })
    .where(heldBy(lease))
    .returning({ id: jobs.id });
  return rows.length > 0;
}

/**
 * processing → pending or, with its attempts used up, → failed, for a job whose worker is gone. Guarded by the lease
 * as it was seen, expiry included, so that a worker that came back and renewed it keeps its job.
 */
export async function rescueJob(db: Database, job: Job, error: JobError, now: number): Promise<boolean> {
  const usedUp = job.attempt >= job.maxAttempts;
  const [row] = await db
    .update(jobs)
    .set({
      ...(usedUp ? endedAs('failed', now) : unlessCancelled('pending', null, now)),
      runAt: now + retryDelayMs(job.attempt),
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
  const rows = await db
    .update(jobs)
    .set({ ...NO_LEASE, status: 'cancelled', completedAt: now, updatedAt: now })
    .where(heldBy(lease))
    .returning({ id: jobs.id });
  return rows.length > 0;
}

/**
 * A person's cancel. pending → cancelled at once; processing keeps running with the request on it until its worker
 * has stopped it. Asking again changes nothing. Throws `not_found`, or `conflict` on a job that ended otherwise.
 */
export async function cancelJob(db: Database, actor: Actor, id: string, now: number): Promise<Job> {
  const [row] = await db
    .update(jobs)
    .set({
      status: whenPending(sql`'cancelled'`, sql`${jobs.status}`),
      completedAt: whenPending(sql`${now}`, sql`NULL`),
      cancelRequestedAt: sql`coalesce(${jobs.cancelRequestedAt}, ${now})`,
      updatedAt: now,
    })
    .where(and(ownedJob(actor, id), inArray(jobs.status, ['pending', 'processing'])))
    .returning();
  if (row) return row;
  const current = await currentJob(db, actor, id);
  if (current.status === 'cancelled') return current;
  throw new AppError('conflict', `This job has already ${current.status}.`);
}

/** failed or cancelled → pending, with a new count of attempts. Throws `not_found`, or `conflict`. */
export async function retryJob(db: Database, actor: Actor, id: string, now: number): Promise<Job> {
  const afresh = { attempt: 0, startedAt: null, completedAt: null, cancelRequestedAt: null, error: null };
  const [row] = await db
    .update(jobs)
    .set({ ...afresh, status: 'pending', progress: null, runAt: now, updatedAt: now })
    .where(and(ownedJob(actor, id), inArray(jobs.status, ['failed', 'cancelled'])))
    .returning();
  if (row) return row;
  const { status } = await currentJob(db, actor, id);
  throw new AppError('conflict', `Only a failed or cancelled job can be retried; this one is ${status}.`);
}

/** A finished job → gone, with all its rows. Throws `not_found`, or `conflict` while it is active. */
export async function deleteJob(db: Database, actor: Actor, id: string): Promise<void> {
  const rows = await db
    .delete(jobs)
    .where(and(ownedJob(actor, id), inArray(jobs.status, FINISHED)))
    .returning({ id: jobs.id });
  if (rows.length > 0) return;
  const { status } = await currentJob(db, actor, id);
  throw new AppError('conflict', `This job is ${status}.`, {
    suggestion: 'Cancel it first, then delete it.',
  });
}

function whenPending(value: SQL, otherwise: SQL): SQL {
  return sql`CASE ${jobs.status} WHEN 'pending' THEN ${value} ELSE ${otherwise} END`;
}

function ownedJob(actor: Actor, id: string) {
  return and(eq(jobs.id, id), eq(jobs.ownerId, actor.userId));
}

async function currentJob(db: Database, actor: Actor, id: string): Promise<Job> {
  const [row] = await db.select().from(jobs).where(ownedJob(actor, id));
  if (!row) throw notFound('job');
  return row;
}

/** The columns of an ended job. A cancel that was accepted before the end wins over it. */
function endedAs(status: 'completed' | 'failed', now: number) {
  return unlessCancelled(status, now, now);
}

function unlessCancelled(status: JobStatus, completedAt: number | null, now: number) {
  const cancelled = sql`${jobs.cancelRequestedAt} IS NOT NULL`;
  return {
    ...NO_LEASE,
    status: sql<JobStatus>`CASE WHEN ${cancelled} THEN 'cancelled' ELSE ${status} END`,
    completedAt: sql`CASE WHEN ${cancelled} THEN ${now} ELSE ${completedAt} END`,
    updatedAt: now,
  };
}
