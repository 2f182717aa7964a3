import { sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { queues, queueState } from '#lib/db/schema/queues';
import { PROCESSING } from './conditions.ts';

/*
 * Owners take turns by virtual time (start-time fair queueing, Goyal et al., 1996): an owner's jobs are stamped one
 * apart, starting no earlier than the job that was claimed last. So 500 jobs of one owner stand at v, v+1 … v+499, and
 * another's single job, stamped v+1 at whatever moment it comes, is served next. Claims only follow an index.
 */

/** The statements that give an owner the next turn. In a batch, before the job that takes it. */
export function takeTurn(db: Database, ownerId: string) {
  const now = sql`(SELECT ${queueState.vt} FROM ${queueState})`;
  return [
    db.insert(queueState).values({ id: 1 }).onConflictDoNothing(),
    db
      .insert(queues)
      .values({ ownerId, lastVt: sql`${now} + 1` })
      .onConflictDoUpdate({
        target: queues.ownerId,
        set: { lastVt: sql`max(${queues.lastVt}, ${now}) + 1` },
      }),
  ] as const;
}

/** The turn just taken, as a value for a job's `vt`. */
export function turnOf(ownerId: string) {
  return sql<number>`(SELECT ${queues.lastVt} FROM ${queues} WHERE ${queues.ownerId} = ${ownerId})`;
}

/** The statement that moves virtual time on to what runs. In a batch, after a claim. */
export function moveTimeOn(db: Database) {
  const latest = sql`(SELECT max(${jobs.vt}) FROM ${jobs} WHERE ${PROCESSING})`;
  return db.update(queueState).set({ vt: sql`max(${queueState.vt}, coalesce(${latest}, 0))` });
}
