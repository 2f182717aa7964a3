import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { AppError, notFound } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { inOneGo, type Statement } from '#lib/db/prepared';
import { jobs } from '#lib/db/schema/jobs';
import { announceCancelled } from './statements/announce.ts';
import { ACTIVE } from './statements/conditions.ts';
import { insertInputs, insertJob, insertJobs, type NewJob, rowOf } from './statements/insert-jobs.ts';
import { nudgeWorkers } from './nudge.ts';
import { ITS_OWN } from './statements/pauses.ts';
import type { Job } from './resource.ts';
import { waiting } from './statements/status-columns.ts';
import { nextTurns } from './turns.ts';

/*
 * The arrows of the job's diagram (docs/job-lifecycle.md) that people draw; the worker's are in transitions.ts. Each is
 * one guarded statement, or one batch led by it: no row back means that the job was no longer there to be moved.
 */

/** (request) → pending. `alongside` goes before it in the same transaction. */
export async function enqueueJob(
  db: Database,
  job: NewJob,
  now: number,
  alongside: Statement[] = [],
): Promise<Job> {
  const id = job.id ?? newId();
  const main = insertJob(id, job, now);
  const found = await inOneGo(db, { before: alongside, main, after: insertInputs([id], [job]) });
  nudgeWorkers(db);
  return rowOf(id, job, found, now);
}

/** The same for many at once, all of them or none, in as many statements as for two. Returns their ids. */
export async function enqueueJobs(
  db: Database,
  many: readonly NewJob[],
  now: number,
  alongside: Statement[] = [],
): Promise<string[]> {
  const ids = many.map(({ id }) => id ?? newId());
  const main = insertJobs(ids, many, now);
  await inOneGo(db, { before: alongside, main, after: insertInputs(ids, many) });
  nudgeWorkers(db);
  return ids;
}

/**
 * pending → cancelled at once; a processing job keeps running with the request on it until its worker has stopped it.
 * Asking again changes nothing. Throws `not_found`, or `conflict` on a job that ended otherwise.
 */
export async function cancelJob(db: Database, actor: Actor, id: string, now: number): Promise<Job> {
  const [row] = await cancelJobs(db, ownedJob(actor, id), now);
  if (row) return row;
  const current = await currentJob(db, actor, id);
  if (current.status === 'cancelled') return current;
  throw new AppError('conflict', `This job has already ${current.status}.`);
}

/** The same for all of these jobs that have not ended. */
export async function cancelJobs(db: Database, which: SQL | undefined, now: number): Promise<Job[]> {
  const cancel = db
    .update(jobs)
    .set({
      status: whenPending(sql`'cancelled'`, sql`${jobs.status}`),
      completedAt: whenPending(sql`${now}`, sql`NULL`),
      cancelRequestedAt: sql`coalesce(${jobs.cancelRequestedAt}, ${now})`,
      updatedAt: now,
    })
    .where(and(which, ACTIVE))
    .returning();
  const [, rows] = await db.batch([announceCancelled(db, which, now), cancel]);
  return rows;
}

/** failed or cancelled → pending, with a new count of attempts, at the end of its owner's line. Throws likewise. */
export async function retryJob(db: Database, actor: Actor, id: string, now: number): Promise<Job> {
  const [row] = await retryJobs(db, ownedJob(actor, id), ['failed', 'cancelled'], now);
  if (row) return row;
  const { status } = await currentJob(db, actor, id);
  throw new AppError('conflict', `Only a failed or cancelled job can be retried; this one is ${status}.`);
}

/** The same for all of these jobs that ended so; one behind the other, in their order. */
export async function retryJobs(
  db: Database,
  which: SQL | undefined,
  ended: ('failed' | 'cancelled')[],
  now: number,
): Promise<Job[]> {
  const afresh = {
    attempt: 0,
    rescues: 0,
    crashes: 0,
    startedAt: null,
    completedAt: null,
    cancelRequestedAt: null,
    error: null,
  };
  const turns = nextTurns(db, and(which, inArray(jobs.status, ended)));
  const rows = await db
    .update(jobs)
    .set({
      ...afresh,
      ...waiting(ITS_OWN, now, now),
      status: 'pending',
      vt: sql`turns.vt`,
      progress: null,
      updatedAt: now,
    })
    .from(turns)
    .where(eq(jobs.id, turns.id))
    .returning();
  if (rows.length > 0) nudgeWorkers(db);
  return rows;
}

/** A finished job → gone, with all its rows; returns what it was. Throws `not_found`, or `conflict` while it is active. */
export async function deleteJob(db: Database, actor: Actor, id: string): Promise<Job> {
  const [row] = await db
    .delete(jobs)
    .where(and(ownedJob(actor, id), inArray(jobs.status, ['completed', 'failed', 'cancelled'])))
    .returning();
  if (row) return row;
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
