import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { listed } from '#lib/db/listed';
import { jobs } from '#lib/db/schema/jobs';
import { weightFetches } from '#lib/db/schema/weights';
import { nudgeWorkers } from './nudge.ts';
import { PENDING, SCHEDULED } from './statements/conditions.ts';

/* The weights that jobs wait for: what workers say of fetching them, and the jobs. */

export type WeightFetch = typeof weightFetches.$inferSelect;

/** Write how far a worker is with a model, in place of what it wrote before. Throws where it has no row of its own. */
export async function recordFetch(db: Database, fetch: WeightFetch): Promise<void> {
  const { workerId, model } = weightFetches;
  await db
    .insert(weightFetches)
    .values(fetch)
    .onConflictDoUpdate({ target: [workerId, model], set: fetch });
}

/** The weights are here, or nobody asks for them any more. */
export async function forgetFetch(db: Database, workerId: string, model: string): Promise<void> {
  const own = and(eq(weightFetches.workerId, workerId), eq(weightFetches.model, model));
  await db.delete(weightFetches).where(own);
}

/** What these workers say of any of these models. */
export async function fetchesOf(
  db: Database,
  models: readonly string[],
  workerIds: readonly string[],
): Promise<WeightFetch[]> {
  const { model, workerId } = weightFetches;
  return db
    .select()
    .from(weightFetches)
    .where(and(inArray(model, listed(models)), inArray(workerId, listed(workerIds))));
}

/** Whether any job waits for a model's weights, or was found to lack them and waits for its turn. */
export async function isWaitedFor(db: Database, model: string): Promise<boolean> {
  const waiting = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(PENDING, lacks(model)));
  return (await waiting.limit(1)).length > 0;
}

/** Ids of the models that some job waits for, of those that are not paused. */
export async function modelsWaitedFor(db: Database): Promise<string[]> {
  const rows = await db.all<{ model: string }>(sql`
    SELECT DISTINCT lack.value AS model FROM ${jobs}, json_each(${jobs.error}, '$.models') AS lack
    WHERE ${SCHEDULED} AND ${jobs.held} = 0`);
  return rows.map(({ model }) => model);
}

/** Have the jobs that wait for a model's weights looked at now: they are here. */
export async function wakeWaitingFor(db: Database, model: string, now: number): Promise<void> {
  const woken = await db
    .update(jobs)
    .set({ runAt: now, scheduled: false })
    .where(and(SCHEDULED, lacks(model)))
    .returning({ id: jobs.id });
  if (woken.length > 0) nudgeWorkers(db);
}

function lacks(model: string): SQL {
  return sql`EXISTS (SELECT 1 FROM json_each(${jobs.error}, '$.models') AS lack WHERE lack.value = ${model})`;
}
