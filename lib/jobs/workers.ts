import { eq, lt, max } from 'drizzle-orm';
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

/** When a worker last said that it lives, epoch milliseconds; null where none ever has. */
export async function lastHeartbeat(db: Database): Promise<number | null> {
  const [row] = await db.select({ at: max(workers.heartbeatAt) }).from(workers);
  return row?.at ?? null;
}

export async function workersOn(db: Database, host: string): Promise<Worker[]> {
  return db.select().from(workers).where(eq(workers.host, host));
}
