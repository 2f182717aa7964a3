import { and, lte, not, type SQL, sql } from 'drizzle-orm';
import { type BoundStatement, draft, given, prepared, rowsOf } from '#lib/db/prepared';
import { jobs } from '#lib/db/schema/jobs';
import { IN_LINE, READY, SCHEDULED } from './conditions.ts';
import { EVERYTHING_PAUSED } from './pauses.ts';
import type { Job } from '../resource.ts';

/* The statements of a claim. */

export interface Claim {
  workerId: string;
  /** Most jobs to take. */
  limit: number;
  leaseMs: number;
  /** What is loaded, so that jobs which need it may go first; see docs/decisions/008-order-and-fairness.md. */
  warm?: { pipeline: string; model: string } | null;
}

/** The statement that claims, and what goes before it in the same transaction. */
export function claiming(
  { workerId, limit, leaseMs, warm }: Claim,
  now: number,
): { before: BoundStatement<undefined>[]; main: BoundStatement<Job[]> } {
  const values = { workerId, limit, leaseExpiresAt: now + leaseMs, now };
  if (!warm) return { before: [], main: claimNext(values) };
  const { pipeline, model } = warm;
  return { before: [letWarmPass({ pipeline, model })], main: claimWarm({ ...values, pipeline, model }) };
}

const NOW = given<number>('now');
const DUE = and(SCHEDULED, lte(jobs.runAt, NOW));

/** A look without the write lock, so that an idle worker disturbs nobody. */
export const lookForWork = prepared(
  sql`
    SELECT EXISTS (SELECT 1 FROM ${jobs} WHERE ${READY}), EXISTS (SELECT 1 FROM ${jobs} WHERE ${DUE})
    WHERE NOT ${EVERYTHING_PAUSED}`,
  ([row]) => ({ isReady: row?.[0] === 1, isDue: row?.[1] === 1 }),
);

export const promoteScheduled = prepared(
  draft.update(jobs).set({ scheduled: false }).where(DUE),
  () => undefined,
);

const CLAIMABLE = and(READY, not(EVERYTHING_PAUSED));
const LIMIT = given('limit');

const claimNext = claimOf(
  sql`SELECT rowid FROM ${jobs} WHERE ${CLAIMABLE} ORDER BY ${IN_LINE} LIMIT ${LIMIT}`,
);

/*
 * Where a model is loaded: of one turn, which is a job of each owner, those go first that it serves. And a job that it does
 * not serve lets one of its owner's pass that it does, by an exchange of their turns: so nobody else is any later. Only
 * those that were enqueued right after it pass it, and none of them twice: so it is passed a few times at most.
 */

/** How much of the line is looked at, to find the jobs of one turn. */
const LOOKED_AT = 16;
/** How many may pass a job, and how many turns later it may be for one. */
const MOST_PASSING = 4;

const claimWarm = claimOf(sql`
  SELECT job FROM (
    SELECT rowid AS job, priority, vt, ${isWarm(sql`jobs`)} AS warm FROM ${jobs} WHERE ${CLAIMABLE}
    ORDER BY ${IN_LINE} LIMIT max(${LIMIT}, ${LOOKED_AT}))
  ORDER BY priority DESC, vt, warm DESC, job LIMIT ${LIMIT}`);

const letWarmPass = prepared(
  sql`
    WITH head AS (SELECT rowid AS job, * FROM ${jobs} WHERE ${CLAIMABLE} ORDER BY ${IN_LINE} LIMIT 1),
    exchange AS (
      SELECT head.job AS cold, head.vt AS sooner, mate.rowid AS warm, mate.vt AS later
      FROM head JOIN ${jobs} AS mate
      WHERE NOT ${isWarm(sql`head`)} AND ${isWarm(sql`mate`)} AND mate.scheduled = 0
        AND mate.status IN ('pending','processing') AND mate.status = 'pending' AND mate.owner_id = head.owner_id
        AND mate.held = 0 AND mate.priority = head.priority
        AND mate.vt > head.vt AND mate.vt <= head.vt + ${MOST_PASSING}
        AND mate.id > head.id AND ${MOST_PASSING} > (
          SELECT count(*) FROM (
            SELECT 1 FROM ${jobs} AS amid
            WHERE amid.owner_id = head.owner_id AND amid.id > head.id AND amid.id < mate.id LIMIT ${MOST_PASSING}))
      ORDER BY mate.vt LIMIT 1)
    UPDATE ${jobs} SET vt = iif(${jobs}.rowid = exchange.warm, exchange.sooner, exchange.later)
    FROM exchange WHERE ${jobs}.rowid IN (exchange.warm, exchange.cold)`,
  () => undefined,
);

function isWarm(row: SQL): SQL {
  return sql`(${row}.pipeline = ${given('pipeline')} AND ${row}.model = ${given('model')})`;
}

/** The statement that claims the jobs of these rows. */
function claimOf(rows: SQL): (values: Record<string, string | number>) => BoundStatement<Job[]> {
  const claim = draft
    .update(jobs)
    .set({
      status: 'processing',
      workerId: given('workerId'),
      fence: sql`${jobs.fence} + 1`,
      attempt: sql`${jobs.attempt} + 1`,
      leaseExpiresAt: given('leaseExpiresAt'),
      startedAt: sql`coalesce(${jobs.startedAt}, ${NOW})`,
      updatedAt: NOW,
    })
    .where(sql`rowid IN (${rows})`)
    .returning();
  return prepared(claim, rowsOf(jobs));
}
