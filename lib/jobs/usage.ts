import { and, eq, gte, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';

const DAY_MS = 24 * 60 * 60_000;

/** What became of an owner's jobs in a time, by when they ended, and how long they were computed. */
export interface Ended {
  completed: number;
  failed: number;
  cancelled: number;
  /** Of the completed ones: no other says how long it took. */
  computeMs: number;
}

/** A day, UTC, on which jobs ended. */
export interface EndedOfDay extends Ended {
  /** Epoch milliseconds of its beginning. */
  day: number;
}

/**
 * The actor's jobs that have ended since, by day, oldest first. Read off an index: it takes as long as there were jobs in
 * that time, however long the history before.
 */
export async function endedByDay(db: Database, actor: Actor, since: number): Promise<EndedOfDay[]> {
  const day = sql<number>`${jobs.completedAt} / ${sql.raw(String(DAY_MS))}`;
  const rows = await db
    .select({
      day,
      status: jobs.status,
      total: sql<number>`count(*)`,
      computeMs: sql<number>`coalesce(sum(${jobs.metrics} ->> 'totalMs'), 0)`,
    })
    .from(jobs)
    .where(and(eq(jobs.ownerId, actor.userId), gte(jobs.completedAt, since)))
    .groupBy(day, jobs.status);
  const days = new Map<number, EndedOfDay>();
  for (const { day, status, total, computeMs } of rows) {
    const ended = days.get(day) ?? { ...NOTHING_ENDED, day: day * DAY_MS };
    days.set(day, { ...ended, [status]: total, computeMs: ended.computeMs + computeMs });
  }
  return [...days.values()].sort((a, b) => a.day - b.day);
}

const NOTHING_ENDED: Ended = { completed: 0, failed: 0, cancelled: 0, computeMs: 0 };

/** All of these together. */
export function sumOf(many: readonly Ended[]): Ended {
  return many.reduce(
    (sum, one) => ({
      completed: sum.completed + one.completed,
      failed: sum.failed + one.failed,
      cancelled: sum.cancelled + one.cancelled,
      computeMs: sum.computeMs + one.computeMs,
    }),
    NOTHING_ENDED,
  );
}
