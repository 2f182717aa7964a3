import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { draft, prepared } from '#lib/db/prepared';
import { jobs } from '#lib/db/schema/jobs';
import { queueClocks } from '#lib/db/schema/queues';
import { PROCESSING } from './statements/conditions.ts';

/*
 * Owners take turns by virtual time (start-time fair queueing, Goyal et al., 1996), for each priority by itself. A
 * job is stamped one after its owner's last waiting job, and not before what was claimed last. So 500 jobs of one owner
 * stand at v, v+1 … v+499, and another's single job, whenever it comes, at the next turn. Claims only follow an index.
 */

type Value = SQL | typeof jobs.ownerId | typeof jobs.priority;

/**
 * The next turn of an owner, as a value for a job's `vt`. Both may be columns or values. What is held stands in no line:
 * its turns are given to it when it is let go.
 */
export function nextTurn(ownerId: Value, priority: Value): SQL<number> {
  return sql`max(
    coalesce((SELECT max(mine.vt) FROM ${jobs} AS mine
      WHERE mine.status IN ('pending','processing') AND mine.status = 'pending'
        AND mine.owner_id = ${ownerId} AND mine.held = 0 AND mine.priority = ${priority}), 0),
    ${clockOf(priority)}) + 1`;
}

/** These jobs' next turns, one after the other: a table of their ids and `vt`s. Columns of it are named `turns`. */
export function nextTurns(db: Database, which: SQL | undefined) {
  const next = nextTurn(sql`jobs.owner_id`, sql`jobs.priority`);
  const before = sql`row_number() OVER (PARTITION BY owner_id, priority ORDER BY batch_position, id) - 1`;
  const vt = sql<number>`${next} + ${before}`.as('vt');
  return db.select({ id: jobs.id, vt }).from(jobs).where(which).as('turns');
}

/** The statement that moves the clocks on to what runs. In a batch, after a claim. */
export const moveClocksOn = prepared(
  draft
    .insert(queueClocks)
    .select(
      draft
        .select({ priority: jobs.priority, vt: sql<number>`max(${jobs.vt})`.as('vt') })
        .from(jobs)
        .where(PROCESSING)
        .groupBy(jobs.priority),
    )
    .onConflictDoUpdate({
      target: queueClocks.priority,
      set: { vt: sql`max(${queueClocks.vt}, excluded.vt)` },
    }),
  () => undefined,
);

/**
 * The statement that lines an owner's waiting jobs up anew, one after the other from the clocks, their order kept: turns
 * that passed while some of them were held are not owed, and none is taken twice.
 */
export function lineUp(db: Database, ownerId: string) {
  return db.run(sql`
    UPDATE ${jobs} SET vt = line.vt
    FROM (SELECT id, ${clockOf(sql`waiting.priority`)} + row_number() OVER (PARTITION BY priority ORDER BY vt, id) AS vt
      FROM ${jobs} AS waiting
      WHERE status IN ('pending','processing') AND status = 'pending' AND owner_id = ${ownerId} AND held = 0) AS line
    WHERE ${jobs}.id = line.id`);
}

function clockOf(priority: Value): SQL<number> {
  return sql`coalesce((SELECT clock.vt FROM ${queueClocks} AS clock WHERE clock.priority = ${priority}), 0)`;
}
