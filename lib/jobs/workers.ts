import { desc, eq, gte, lt } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { workers } from '#lib/db/schema/workers';

export type Worker = typeof workers.$inferSelect;

/** A worker that has not been heard of for this long counts as gone. */
export const WORKER_SILENT_MS = 30_000;
const FORGET_AFTER_MS = 24 * 60 * 60_000;

/** Write that a worker lives, and forget the ones that have long been gone. */
export async function registerHeartbeat(
  db: Database,
  worker: Omit<Worker, 'startedAt' | 'heartbeatAt'>,
  now: number,
): Promise<void> {
  const alive = db
    .insert(workers)
    .values({ ...worker, startedAt: now, heartbeatAt: now })
    .onConflictDoUpdate({ target: workers.id, set: { heartbeatAt: now, devices: worker.devices } });
  await db.batch([alive, db.delete(workers).where(lt(workers.heartbeatAt, now - FORGET_AFTER_MS))]);
}

export async function removeWorker(db: Database, id: string): Promise<void> {
  await db.delete(workers).where(eq(workers.id, id));
}

/** The worker that was heard of last, alive or not; null where there has been none. */
export async function latestWorker(db: Database): Promise<Worker | null> {
  const [row] = await db.select().from(workers).orderBy(desc(workers.heartbeatAt)).limit(1);
  return row ?? null;
}

/** Why the workers that live compute on other devices than the ones asked for, in sentences for people. */
export async function deviceNotes(db: Database, now: number): Promise<string[]> {
  const living = await livingWorkers(db, now);
  return [...new Set(living.flatMap(({ devices }) => devices).flatMap(({ note }) => note ?? []))];
}

export async function livingWorkers(db: Database, now: number): Promise<Worker[]> {
  return db
    .select()
    .from(workers)
    .where(gte(workers.heartbeatAt, now - WORKER_SILENT_MS));
}

export async function workersOn(db: Database, host: string): Promise<Worker[]> {
  return db.select().from(workers).where(eq(workers.host, host));
}
