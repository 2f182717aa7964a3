import { and, asc, desc, eq, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { runTimes } from '#lib/db/schema/run-times';

export type RunTime = typeof runTimes.$inferSelect;

/** What runs have in common that are kept and looked up together. */
export type RunKind = Pick<RunTime, 'pipeline' | 'model' | 'host'>;

/** Of each kind. The older a run, the less it says about the machine as it is now. */
const RUNS_KEPT = 100;
/** Of all kinds, so that machines that are gone are forgotten in time. */
const MOST_RUNS = 10_000;

/** Write down how long a run took, and forget the oldest. */
export async function recordRunTime(db: Database, run: Omit<RunTime, 'id'>): Promise<void> {
  const ofItsKind = and(
    eq(runTimes.pipeline, run.pipeline),
    eq(runTimes.model, run.model),
    eq(runTimes.host, run.host),
  );
  const firstTooMany = db
    .select({ id: runTimes.id })
    .from(runTimes)
    .where(ofItsKind)
    .orderBy(desc(runTimes.id))
    .limit(1)
    .offset(RUNS_KEPT);
  await db.batch([
    db.insert(runTimes).values(run),
    db.delete(runTimes).where(and(ofItsKind, sql`${runTimes.id} <= (${firstTooMany})`)),
    db.delete(runTimes).where(sql`${runTimes.id} <= (SELECT max(id) FROM ${runTimes}) - ${MOST_RUNS}`),
  ]);
}

/** What is known of runs of these kinds, oldest first. */
export async function runTimesOf(db: Database, kinds: readonly RunKind[]): Promise<RunTime[]> {
  if (kinds.length === 0) return [];
  const given = JSON.stringify(kinds.map(({ pipeline, model, host }) => [pipeline, model, host]));
  const wanted = sql`SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${given})`;
  return db
    .select()
    .from(runTimes)
    .where(sql`(${runTimes.pipeline}, ${runTimes.model}, ${runTimes.host}) IN (${wanted})`)
    .orderBy(asc(runTimes.id));
}
