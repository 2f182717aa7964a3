import { and, eq, type SQL } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { queues, queueState } from '#lib/db/schema/queues';
import { PENDING } from './statements/conditions.ts';
import { nudgeWorkers } from './nudge.ts';
import { isPaused, ITS_OWN } from './statements/pauses.ts';
import { lineUp } from './turns.ts';

/** Who holds a queue up, if anybody. */
export type QueuePause = 'by_you' | 'by_operator' | null;

/**
 * Pause the actor's queue, durably: what waits is held, and what runs goes back to the queue at its next heartbeat, with
 * its finished stages kept.
 */
export async function stopQueue(db: Database, actor: Actor, now: number): Promise<void> {
  await db.batch([
    db
      .insert(queues)
      .values({ ownerId: actor.userId, pausedAt: now })
      .onConflictDoUpdate({ target: queues.ownerId, set: { pausedAt: now } }),
    holdPending(db, eq(jobs.ownerId, actor.userId)),
  ]);
}

/** Let the actor's queue go on. The turns that passed meanwhile are not owed. */
export async function startQueue(db: Database, actor: Actor): Promise<void> {
  await db.batch([
    db.update(queues).set({ pausedAt: null }).where(eq(queues.ownerId, actor.userId)),
    holdPending(db, eq(jobs.ownerId, actor.userId)),
    lineUp(db, actor.userId),
  ]);
  nudgeWorkers(db);
}

/** The statement by which these jobs are held or let go, as far as they wait, by the pauses as they are now. */
export function holdPending(db: Database, which: SQL | undefined) {
  return db
    .update(jobs)
    .set({ held: isPaused(ITS_OWN) })
    .where(and(PENDING, which));
}

/** Pause everybody's queue. For administrators; the caller checks. */
export async function stopEveryQueue(db: Database, now: number): Promise<void> {
  await db
    .insert(queueState)
    .values({ id: 1, pausedAt: now })
    .onConflictDoUpdate({ target: queueState.id, set: { pausedAt: now } });
}

/** Let everybody's queue go on, except those their owners paused. */
export async function startEveryQueue(db: Database): Promise<void> {
  await db.update(queueState).set({ pausedAt: null });
  nudgeWorkers(db);
}

/** Whether the actor's queue is held up. */
export async function queuePause(db: Database, ownerId: string): Promise<QueuePause> {
  const [everyone] = await db.select({ pausedAt: queueState.pausedAt }).from(queueState);
  if (everyone?.pausedAt) return 'by_operator';
  const [own] = await db
    .select({ pausedAt: queues.pausedAt })
    .from(queues)
    .where(eq(queues.ownerId, ownerId));
  return own?.pausedAt ? 'by_you' : null;
}
