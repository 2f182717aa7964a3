import { and, eq, sql } from 'drizzle-orm';
import type { SQLiteUpdateSetSource } from 'drizzle-orm/sqlite-core';
import type { Database } from '#lib/db/client';
import { inOneGo, type Statement } from '#lib/db/prepared';
import type { JobError } from '#lib/db/schema/job-values';
import { jobs } from '#lib/db/schema/jobs';
import { announceCompleted, announceHeld, type Ending } from './statements/announce.ts';
import { type Claim, claiming, lookForWork, promoteScheduled } from './statements/claim.ts';
import { type Completion, finish, finishUntold, publish } from './statements/complete.ts';
import { heldBy, type Lease } from './lease.ts';
import type { Job, JobStatus, RunningJob } from './resource.ts';
import { retryDelayMs } from './retry-policy.ts';
import { endedAs, NO_LEASE, pendingFrom } from './statements/status-columns.ts';
import { moveClocksOn } from './turns.ts';

/*
 * The arrows of the job's diagram (docs/job-lifecycle.md) that a worker draws; people's are in requests.ts. Nothing else
 * writes `status`. Each is one guarded statement, or one batch around it: no row back means that the job was no longer
 * there to be moved. Whatever ends a job also tells its owner's webhooks, in the same transaction.
 */

/** pending → processing, for up to `limit` jobs that are due: highest priority, then whose turn it is, then oldest. */
export async function claimJobs(db: Database, claim: Claim, now: number): Promise<Job[]> {
  const { isReady, isDue } = await lookForWork({ now }).run(db);
  if (!isReady && !isDue) return [];
  const promote = isDue ? [promoteScheduled({ now })] : [];
  const { before, main } = claiming(claim, now);
  return inOneGo(db, { before: [...promote, ...before], main, after: [moveClocksOn({})] });
}

/**
 * processing → completed, with its outputs in the same transaction. Returns what it became: `cancelled`, where a cancel
 * had been accepted; null where the lease was lost.
 */
export async function completeJob(
  db: Database,
  lease: Lease,
  result: Omit<Completion, 'lease'>,
  now: number,
): Promise<JobStatus | null> {
  const [status] = await completeJobs(db, [{ lease, ...result }], now);
  return status!;
}

/** The same for several at once, each by itself; what they became, in their order. */
export async function completeJobs(
  db: Database,
  completions: readonly Completion[],
  now: number,
): Promise<(JobStatus | null)[]> {
  const outputs = publish(completions);
  if (outputs.length > 0) return completeWith(db, completions, outputs, now);
  // With nothing to publish and nobody to tell, which the same statement finds out, there is no need of a transaction.
  const untold = await finishUntold(completions, now).run(db);
  const others = completions.filter(({ lease }) => untold(lease) === null);
  const became = others.length === 0 ? [] : await completeWith(db, others, [], now);
  return completions.map((one) => untold(one.lease) ?? became[others.indexOf(one)] ?? null);
}

async function completeWith(
  db: Database,
  completions: readonly Completion[],
  after: Statement[],
  now: number,
): Promise<(JobStatus | null)[]> {
  const leases = completions.map(({ lease }) => lease);
  const before = [announceCompleted(leases, now)];
  const becameOf = await inOneGo(db, { before, main: finish(completions, now), after });
  return leases.map(becameOf);
}

/** processing → failed: attempts used up, or not worth another; false where the lease was lost. */
export async function failJob(db: Database, lease: Lease, error: JobError, now: number): Promise<boolean> {
  return moveOn(db, lease, 'failed', { ...endedAs('failed', now), error }, now);
}

/** processing → pending, not before `runAt`; false where the lease was lost. */
export async function retryJobLater(
  db: Database,
  lease: Lease,
  { error, runAt }: { error: JobError; runAt: number },
  now: number,
): Promise<boolean> {
  return moveOn(db, lease, null, { ...pendingFrom(runAt, now), error }, now);
}

/** processing → pending at once, as if this attempt had not been: the worker gives up, not the job. */
export async function releaseJob(db: Database, lease: Lease, now: number): Promise<boolean> {
  const columns = { ...pendingFrom(now, now), attempt: sql`${jobs.attempt} - 1` };
  return moveOn(db, lease, null, columns, now);
}

/**
 * processing → pending, not before `runAt`, as if this attempt had not been: what kept it is not the job's doing, or not
 * known to be. False where the lease was lost.
 */
export async function postponeJob(
  db: Database,
  lease: Lease,
  { error, runAt }: { error: JobError; runAt: number },
  now: number,
): Promise<boolean> {
  const columns = { ...pendingFrom(runAt, now), attempt: sql`${jobs.attempt} - 1`, error };
  return moveOn(db, lease, null, columns, now);
}

/**
 * processing → pending, not before `retryAt`, or failed where that is null: the job ended the process that computed it.
 * False where the lease was lost.
 */
export async function recordCrash(
  db: Database,
  lease: Lease,
  { error, retryAt }: { error: JobError; retryAt: number | null },
  now: number,
): Promise<boolean> {
  const columns = {
    ...(retryAt === null ? endedAs('failed', now) : pendingFrom(retryAt, now)),
    crashes: sql`${jobs.crashes} + 1`,
    error,
  };
  return moveOn(db, lease, retryAt === null ? 'failed' : null, columns, now);
}

/** A job whose workers died this often is taken to have killed them. */
const MOST_RESCUES = 10;

/**
 * processing → pending, for a job whose worker is gone. The attempt is not counted, since it is seldom the job's doing; one
 * that has lost ten workers → failed. Guarded by the lease as it was seen, expiry included, so that a worker that came
 * back and renewed it keeps its job.
 */
export async function rescueJob(
  db: Database,
  job: RunningJob,
  error: JobError,
  now: number,
): Promise<boolean> {
  const usedUp = job.rescues + 1 >= MOST_RESCUES;
  const columns = {
    ...(usedUp ? endedAs('failed', now) : pendingFrom(now + retryDelayMs(job.rescues + 1), now)),
    attempt: job.attempt - 1,
    rescues: job.rescues + 1,
    error,
  };
  const lease = { jobId: job.id, workerId: job.workerId!, fence: job.fence };
  return moveOn(db, lease, usedUp ? 'failed' : null, columns, now, job.leaseExpiresAt);
}

/** processing → cancelled, once the run has stopped; false where the lease was lost. */
export async function finishCancel(db: Database, lease: Lease, now: number): Promise<boolean> {
  const columns = { ...NO_LEASE, status: 'cancelled' as const, completedAt: now, updatedAt: now };
  return moveOn(db, lease, 'cancelled', columns, now);
}

/** Write to a running job what may end it; false where the lease was lost, or is not the one that was seen to expire then. */
async function moveOn(
  db: Database,
  lease: Lease,
  ending: Ending,
  columns: SQLiteUpdateSetSource<typeof jobs>,
  now: number,
  leaseExpiresAt: number | null = null,
): Promise<boolean> {
  const asSeen = leaseExpiresAt === null ? undefined : eq(jobs.leaseExpiresAt, leaseExpiresAt);
  const [, rows] = await db.batch([
    announceHeld(lease, ending, now, leaseExpiresAt),
    db
      .update(jobs)
      .set(columns)
      .where(and(heldBy(lease), asSeen))
      .returning({ id: jobs.id }),
  ]);
  return rows.length > 0;
}
