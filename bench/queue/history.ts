import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'drizzle-orm';
import { checkpoint, type Database } from '#lib/db/client';
import { claimJobs } from '#lib/jobs/transitions';
import { median } from './medians.ts';
import { finish, openQueueDatabase, OWNER } from './multiplane.ts';

const CLAIMS = 1_000;
const WARM_UP = 200;
const EMPTY = { completed: 0, pending: CLAIMS + WARM_UP, scheduled: 0 };
const LONG = { completed: 1_000_000, pending: 100_000, scheduled: 100_000 };

/** Median microseconds of the claim of one job. */
export interface ClaimTimes {
  almostEmpty: number;
  longHistory: number;
  history: typeof LONG;
}

/** Claim by turns from an almost empty table and from one with a long history and long lines. */
export async function measureClaimTimes(folder: string): Promise<ClaimTimes> {
  const almostEmpty = await filledDatabase(join(folder, 'empty.db'), EMPTY);
  const longHistory = await filledDatabase(join(folder, 'long.db'), LONG);
  const times: { almostEmpty: number; longHistory: number }[] = [];
  for (let claim = 0; claim < WARM_UP + CLAIMS; claim++) {
    times.push({ almostEmpty: await claimUs(almostEmpty), longHistory: await claimUs(longHistory) });
  }
  for (const db of [almostEmpty, longHistory]) db.$client.close();
  const warm = times.slice(WARM_UP);
  return {
    almostEmpty: Math.round(median(warm.map((pair) => pair.almostEmpty))),
    longHistory: Math.round(median(warm.map((pair) => pair.longHistory))),
    history: LONG,
  };
}

async function claimUs(db: Database): Promise<number> {
  const startedAt = performance.now();
  const claimed = await claimJobs(db, { workerId: 'bench', limit: 1, leaseMs: 60_000 }, 1);
  const us = 1_000 * (performance.now() - startedAt);
  await finish(db, 'bench', claimed);
  return us;
}

/** Rows as the queue would have left them, written in one statement for each state. */
async function filledDatabase(path: string, counts: typeof LONG): Promise<Database> {
  const db = await openQueueDatabase(pathToFileURL(path).href);
  await writeJobs(db, OWNER, counts);
  await checkpoint(db);
  return db;
}

/** Jobs of an owner, so many in each state. */
export async function writeJobs(db: Database, ownerId: string, counts: typeof LONG): Promise<void> {
  const columns = sql`id, owner_id, pipeline, model, params, status, vt, run_at, scheduled, max_attempts, warnings,
    created_at, updated_at, completed_at`;
  const states = [
    ['completed', counts.completed, 0, 1],
    ['pending', counts.pending, 0, null],
    ['pending', counts.scheduled, 1, null],
  ] as const;
  for (const [status, count, scheduled, completedAt] of states) {
    await db.run(sql`
      WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})
      INSERT INTO jobs (${columns})
      SELECT printf('%s-%d-%012d', ${status}, ${scheduled}, i), ${ownerId}, 'no-op', 'auto', '{}', ${status}, i,
        CASE ${scheduled} WHEN 1 THEN 9e15 ELSE 0 END, ${scheduled}, 3, '[]', 0, 0, ${completedAt}
      FROM n WHERE ${count} > 0`);
  }
}
