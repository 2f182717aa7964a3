import { and, eq, notExists, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { notFound } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import type { Statement } from '#lib/db/prepared';
import { batches, type RefusedPicture } from '#lib/db/schema/batches';
import { jobs } from '#lib/db/schema/jobs';
import { nextPosition } from './batch-places.ts';
import type { NewJob } from '../statements/insert-jobs.ts';
import { nudgeWorkers } from '../nudge.ts';
import { holdPending } from '../queue-control.ts';
import { cancelJobs, enqueueJobs, retryJobs } from '../requests.ts';
import { lineUp } from '../turns.ts';

export type Batch = typeof batches.$inferSelect;

/** (request) → a batch, and its jobs pending: all of it or nothing. `alongside` goes first in the same transaction. */
export async function enqueueBatch(
  db: Database,
  batch: Batch,
  inBatch: NewJob[],
  now: number,
  alongside: Statement[] = [],
): Promise<void> {
  await enqueueJobs(db, inBatch, now, [...alongside, db.insert(batches).values(batch)]);
}

/** A batch of the actor's own. Throws `not_found`, as everything here that is about one. */
export async function findBatch(db: Database, actor: Actor, id: string): Promise<Batch> {
  const [row] = await db.select().from(batches).where(ownedBatch(actor, id));
  if (!row) throw notFound('batch');
  return row;
}

/** Stop every job of the batch that has not ended. Asking again changes nothing. */
export async function cancelBatch(db: Database, actor: Actor, id: string, now: number): Promise<void> {
  await findBatch(db, actor, id);
  await cancelJobs(db, jobsOfBatch(actor, id), now);
}

/** Put the batch's failed jobs back into the queue, with a new count of attempts. */
export async function retryFailedOfBatch(db: Database, actor: Actor, id: string, now: number): Promise<void> {
  await findBatch(db, actor, id);
  await retryJobs(db, jobsOfBatch(actor, id), ['failed'], now);
}

/**
 * Pause the batch, durably: what waits is held, and what runs goes back to the queue at its next heartbeat, with its
 * finished stages kept.
 */
export async function pauseBatch(db: Database, actor: Actor, id: string, now: number): Promise<void> {
  await setPause(db, actor, id, sql`coalesce(${batches.pausedAt}, ${now})`);
}

/** Let the batch go on, where its owner's queue does. The turns that passed meanwhile are not owed. */
export async function resumeBatch(db: Database, actor: Actor, id: string): Promise<void> {
  await setPause(db, actor, id, sql`NULL`, [lineUp(db, actor.userId)]);
  nudgeWorkers(db);
}

async function setPause(
  db: Database,
  actor: Actor,
  id: string,
  pausedAt: SQL,
  after: ReturnType<typeof lineUp>[] = [],
): Promise<void> {
  const set = db.update(batches).set({ pausedAt }).where(ownedBatch(actor, id)).returning({ id: batches.id });
  const [rows] = await db.batch([set, holdPending(db, jobsOfBatch(actor, id)), ...after]);
  if (rows.length === 0) throw notFound('batch');
}

/** How many places of a batch are taken. */
export async function batchSize(db: Database, id: string): Promise<number> {
  const { size } = await db.get<{ size: number }>(sql`SELECT ${nextPosition(id)} AS size`);
  return size;
}

/** Write down, at the batch's next place, that a picture was not taken. */
export async function recordRefusal(
  db: Database,
  batchId: string,
  { filename, error }: Omit<RefusedPicture, 'position'>,
): Promise<void> {
  const refusal = sql`json_object('position', ${nextPosition(batchId)}, 'filename', ${filename},
    'error', json(${JSON.stringify(error)}))`;
  await db
    .update(batches)
    .set({ refused: sql`json_insert(${batches.refused}, '$[#]', ${refusal})` })
    .where(eq(batches.id, batchId));
}

/** Whoever opens a batch has this long to send its first picture. */
const FILLING_MS = 60 * 60_000;

/** Remove a batch of which nothing is left: neither a job nor word of a refused picture. */
export async function deleteBatchIfEmpty(db: Database, id: string): Promise<void> {
  await db.delete(batches).where(and(eq(batches.id, id), hasNoJobs(db), NOTHING_REFUSED));
}

/** Remove the actor's batches that have no jobs, with what they say of refused pictures, except those just opened. */
export async function deleteEmptyBatches(db: Database, actor: Actor, now: number): Promise<void> {
  const opening = sql`(${NOTHING_REFUSED} AND ${batches.createdAt} > ${now - FILLING_MS})`;
  await db.delete(batches).where(and(eq(batches.ownerId, actor.userId), hasNoJobs(db), sql`NOT ${opening}`));
}

/** Forget batches that have no jobs, once they are old enough: those with pictures refused tell something still. */
export async function deleteJoblessBatches(
  db: Database,
  { emptyBefore, refusedBefore }: { emptyBefore: number; refusedBefore: number },
): Promise<number> {
  const outdated = sql`${batches.createdAt} < iif(${NOTHING_REFUSED}, ${emptyBefore}, ${refusedBefore})`;
  const { rowsAffected } = await db.delete(batches).where(and(outdated, hasNoJobs(db)));
  return rowsAffected;
}

const NOTHING_REFUSED = sql`${batches.refused} = '[]'`;

function hasNoJobs(db: Database): SQL {
  return notExists(db.select({ id: jobs.id }).from(jobs).where(eq(jobs.batchId, batches.id)));
}

function ownedBatch(actor: Actor, id: string) {
  return and(eq(batches.id, id), eq(batches.ownerId, actor.userId));
}

function jobsOfBatch(actor: Actor, id: string) {
  return and(eq(jobs.batchId, id), eq(jobs.ownerId, actor.userId));
}
