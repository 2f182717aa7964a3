import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { AppError, notFound } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { jobInputs, jobs } from '#lib/db/schema/jobs';
import { nudgeWorkers } from './nudge.ts';
import { ITS_OWN } from './pauses.ts';
import type { Job } from './resource.ts';
import { waiting } from './status-columns.ts';
import { nextTurn } from './turns.ts';

/*
 * The arrows of the job's diagram (docs/job-lifecycle.md) that people draw; the worker's are in transitions.ts. Each is
 * one guarded statement, or one batch led by it: no row back means that the job was no longer there to be moved.
 */

export interface NewJob {
  ownerId: string;
  pipeline: string;
  model: string;
  params: Record<string, unknown>;
  priority: number;
  maxAttempts: number;
  warnings: string[];
  inputs: { role: string; uploadId: string }[];
  /** Pixels of the inputs together. */
  inputPixels?: number;
  /** The batch it is one of, and its place there from 0. */
  batchId?: string | null;
  batchPosition?: number | null;
}

/** (request) → pending */
export async function enqueueJob(db: Database, job: NewJob, now: number): Promise<Job> {
  const { inputs, ...columns } = job;
  const { ownerId } = job;
  const id = newId();
  const insert = db
    .insert(jobs)
    .values({
      ...columns,
      ...waiting({ ownerId: sql`${ownerId}`, batchId: sql`${job.batchId ?? null}` }, now, now),
      id,
      status: 'pending',
      vt: nextTurn(sql`${ownerId}`, sql`${job.priority}`),
      createdAt: now,
      updatedAt: now,
    })
    .returning();
  const roles = inputs.map((input) => db.insert(jobInputs).values({ ...input, jobId: id }));
  const [[row]] = await db.batch([insert, ...roles]);
  void nudgeWorkers(db);
  return row!;
}

/**
 * pending → cancelled at once; a processing job keeps running with the request on it until its worker has stopped it.
 * Asking again changes nothing. Throws `not_found`, or `conflict` on a job that ended otherwise.
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

/** failed or cancelled → pending, with a new count of attempts, at the end of its owner's line. Throws likewise. */
export async function retryJob(db: Database, actor: Actor, id: string, now: number): Promise<Job> {
  const afresh = {
    attempt: 0,
    rescues: 0,
    crashes: 0,
    startedAt: null,
    completedAt: null,
    cancelRequestedAt: null,
    error: null,
  };
  const [row] = await db
    .update(jobs)
    .set({
      ...afresh,
      ...waiting(ITS_OWN, now, now),
      status: 'pending',
      vt: nextTurn(jobs.ownerId, jobs.priority),
      progress: null,
      updatedAt: now,
    })
    .where(and(ownedJob(actor, id), inArray(jobs.status, ['failed', 'cancelled'])))
    .returning();
  if (row) {
    void nudgeWorkers(db);
    return row;
  }
  const { status } = await currentJob(db, actor, id);
  throw new AppError('conflict', `Only a failed or cancelled job can be retried; this one is ${status}.`);
}

/** A finished job → gone, with all its rows. Throws `not_found`, or `conflict` while it is active. */
export async function deleteJob(db: Database, actor: Actor, id: string): Promise<void> {
  const rows = await db
    .delete(jobs)
    .where(and(ownedJob(actor, id), inArray(jobs.status, ['completed', 'failed', 'cancelled'])))
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
