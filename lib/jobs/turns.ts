import { type SQL, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { queueClocks } from '#lib/db/schema/queues';
import { PROCESSING } from './conditions.ts';

/*
 * Owners take turns by virtual time (start-time fair queueing, Goyal et al., 1996), for each priority by itself. A
 * job is stamped one after its owner's last waiting job, and not before what was claimed last. So 500 jobs of one owner
 * stand at v, v+1 … v+499, and another's single job, whenever it comes, at the next turn. Claims only follow an index.
 */

type Value = SQL | typeof jobs.ownerId | typeof jobs.priority;

/** The next turn of an owner, as a value for a job's `vt`. Both may be columns or values. */
export function nextTurn(ownerId: Value, priority: Value): SQL<number> {
  return sql`max(
    coalesce((SELECT max(mine.vt) FROM ${jobs} AS mine
      WHERE mine.status = 'pending' AND mine.owner_id = ${ownerId} AND mine.priority = ${priority}), 0),
    ${clockOf(priority)}) + 1`;
}

/** The statement that moves the clocks on to what runs. In a batch, after a claim. */
export function moveClocksOn(db: Database) {
  const running = db
    .select({ priority: jobs.priority, vt: sql<number>`max(${jobs.vt})`.as('vt') })
    .from(jobs)
    .where(PROCESSING)
    .groupBy(jobs.priority);
  const later = sql`max(${queueClocks.vt}, excluded.vt)`;
  return db
    .insert(queueClocks)
    .select(running)
    .onConflictDoUpdate({ target: queueClocks.priority, set: { vt: later } });
}

/**
 * The statement that moves an owner's waiting jobs up to the clocks, their order kept: turns that passed while the queue
 * was paused are not owed.
 */
export function forfeitTurns(db: Database, ownerId: string) {
  return db.run(sql`
    UPDATE ${jobs} SET vt = ${jobs}.vt + max(0, ${clockOf(sql`firsts.priority`)} + 1 - firsts.vt)
    FROM (SELECT priority, min(vt) AS vt FROM ${jobs} WHERE status = 'pending' AND owner_id = ${ownerId} GROUP BY priority) AS firsts
    WHERE ${jobs}.status = 'pending' AND ${jobs}.owner_id = ${ownerId} AND ${jobs}.priority = firsts.priority`);
}

function clockOf(priority: Value): SQL<number> {
  return sql`coalesce((SELECT clock.vt FROM ${queueClocks} AS clock WHERE clock.priority = ${priority}), 0)`;
}
