import { sql } from 'drizzle-orm';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { READY } from '../statements/conditions.ts';
import type { NewJob } from '../statements/insert-jobs.ts';
import { isPaused } from '../statements/pauses.ts';
import { nextTurn } from '../turns.ts';
import { queuePause } from '../queue-control.ts';
import { livingWorkers } from '../workers.ts';
import { MEDIAN } from './estimates.ts';
import { type JobInLine, LINE_COUNTED, readLine } from './line.ts';
import { remainingTimes, type Situation } from './remaining-times.ts';

/** How it would go on with jobs if they were enqueued now. */
export interface Prospects {
  /** Of the first of them among everybody's jobs that are ready, from 1; null where it would be held, or far behind. */
  queuePosition: number | null;
  /** Milliseconds until the last of them is done; null where past runs say too little. */
  eta: { lowMs: number; expectedMs: number; highMs: number } | null;
}

const UNKNOWN: Prospects = { queuePosition: null, eta: null };
/** Of runs so far, one in ten was faster, and one in ten slower. */
const [FAST, SLOW] = [0.1, 0.9];

/** What would become of jobs of one owner, priority and batch, in their order; nothing is enqueued. */
export async function prospectsOf(db: Database, wanted: readonly NewJob[], now: number): Promise<Prospects> {
  const [first] = wanted;
  if (!first || (await wouldBeHeld(db, first))) return UNKNOWN;
  const before = await countBefore(db, first);
  if (before >= LINE_COUNTED) return UNKNOWN;
  const theirs = wanted.map(inLine);
  const line = [...(await readLine(db)).slice(0, before), ...theirs];
  const situation = { line, workers: await livingWorkers(db, now), now };
  return { queuePosition: before + 1, eta: await etaOf(db, theirs.at(-1)!.id, situation) };
}

async function etaOf(db: Database, id: string, situation: Situation): Promise<Prospects['eta']> {
  const [lowMs, expectedMs, highMs] = await Promise.all(
    [FAST, MEDIAN, SLOW].map(async (quantile) => {
      const times = await remainingTimes(db, new Set([id]), { ...situation, quantile });
      return times.get(id);
    }),
  );
  if (lowMs === undefined || expectedMs === undefined || highMs === undefined) return null;
  return { lowMs, expectedMs, highMs };
}

function inLine({ pipeline, model, inputPixels = 0 }: NewJob): JobInLine {
  return { id: newId(), pipeline, model, inputPixels, done: [] };
}

async function wouldBeHeld(db: Database, { ownerId, batchId = null }: NewJob): Promise<boolean> {
  if (await queuePause(db, ownerId)) return true;
  const held = isPaused({ ownerId: sql`${ownerId}`, batchId: sql`${batchId}` });
  const { paused } = await db.get<{ paused: number }>(sql`SELECT ${held} AS paused`);
  return paused === 1;
}

/** How many ready jobs would go before a new one, as far as they are counted. */
async function countBefore(db: Database, { ownerId, priority }: NewJob): Promise<number> {
  const turn = nextTurn(sql`${ownerId}`, sql`${priority}`);
  const { total } = await db.get<{ total: number }>(sql`
    WITH own AS MATERIALIZED (SELECT ${turn} AS vt)
    SELECT count(*) AS total FROM (SELECT 1 FROM ${jobs}, own WHERE ${READY}
      AND (${jobs.priority} > ${priority} OR (${jobs.priority} = ${priority} AND ${jobs.vt} <= own.vt))
      LIMIT ${LINE_COUNTED})`);
  return total;
}
