/*
 * The queue by itself: `npm run bench:queue [-- --json]`. How long a claim takes against the length of the history, and
 * how many jobs a second go in and through. Every figure is from one run on this machine; compare the ratios.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'drizzle-orm';
import { newId } from '#lib/core/ids';
import { checkpoint, type Database, openDatabase } from '#lib/db/client';
import { migrateDatabase } from '#lib/db/migrate';
import { users } from '#lib/db/schema/auth';
import { enqueueJob } from '#lib/jobs/requests';
import { claimJobs, completeJob } from '#lib/jobs/transitions';

const HISTORY = { completed: 1_000_000, pending: 100_000, scheduled: 100_000 };
const CLAIMS = 500;
const OWNER = newId();
const METRICS = { stageMs: {}, totalMs: 0, peakMemoryBytes: null, device: 'cpu' };
const JOB = {
  pipeline: 'p',
  model: 'auto',
  params: {},
  priority: 0,
  maxAttempts: 3,
  warnings: [],
  inputs: [],
};

const folder = await mkdtemp(join(tmpdir(), 'multiplane-bench-'));
const small = await freshDatabase('small.db');
const large = await freshDatabase('large.db');
await fill(small, { completed: 0, pending: CLAIMS, scheduled: 0 });
await fill(large, HISTORY);

const result = {
  claimUs: { almostEmpty: await claimTime(small), longHistory: await claimTime(large) },
  perSecond: { enqueue: await enqueueRate(), drainByTen: await drainRate() },
};
await rm(folder, { recursive: true, force: true });
const { almostEmpty, longHistory } = result.claimUs;
process.stdout.write(
  `claim of one job, median: ${almostEmpty} µs almost empty, ${longHistory} µs with ${JSON.stringify(HISTORY)} ` +
    `(${(longHistory / almostEmpty).toFixed(2)}x)\n` +
    `enqueue one by one: ${result.perSecond.enqueue}/s; claim and complete, ten at a time: ${result.perSecond.drainByTen}/s\n`,
);
if (process.argv.includes('--json'))
  process.stdout.write(`${JSON.stringify({ benchmark: 'queue', ...result })}\n`);

async function freshDatabase(name: string): Promise<Database> {
  const db = await openDatabase(pathToFileURL(join(folder, name)).href);
  await migrateDatabase(db);
  const owner = { id: OWNER, email: 'o', name: 'o', passwordHash: '-', role: 'user' as const, createdAt: 0 };
  await db.insert(users).values(owner);
  return db;
}

/** Rows as the queue would have left them, written in one statement for each state. */
async function fill(db: Database, counts: typeof HISTORY): Promise<void> {
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
      SELECT printf('%s-%d-%012d', ${status}, ${scheduled}, i), ${OWNER}, 'p', 'auto', '{}', ${status}, i,
        CASE ${scheduled} WHEN 1 THEN 9e15 ELSE 0 END, ${scheduled}, 3, '[]', 0, 0, ${completedAt}
      FROM n WHERE ${count} > 0`);
  }
  await checkpoint(db);
}

/** Median microseconds of a claim of one job. */
async function claimTime(db: Database): Promise<number> {
  const times: number[] = [];
  for (let claim = 0; claim < CLAIMS; claim++) {
    const startedAt = performance.now();
    const claimed = await claimJobs(db, { workerId: 'bench', limit: 1, leaseMs: 60_000 }, 1);
    times.push(performance.now() - startedAt);
    for (const job of claimed) await complete(db, job);
  }
  return Math.round(1000 * times.sort((a, b) => a - b)[CLAIMS / 2]!);
}

async function enqueueRate(): Promise<number> {
  const startedAt = performance.now();
  for (let made = 0; made < 2000; made++) await enqueueJob(small, { ...JOB, ownerId: OWNER }, 1);
  return perSecond(2000, startedAt);
}

async function drainRate(): Promise<number> {
  const startedAt = performance.now();
  let done = 0;
  for (;;) {
    const claimed = await claimJobs(small, { workerId: 'bench', limit: 10, leaseMs: 60_000 }, 1);
    if (claimed.length === 0) return perSecond(done, startedAt);
    for (const job of claimed) await complete(small, job);
    done += claimed.length;
  }
}

function complete(db: Database, { id, fence }: { id: string; fence: number }): Promise<unknown> {
  return completeJob(db, { jobId: id, workerId: 'bench', fence }, { outputs: [], metrics: METRICS }, 1);
}

function perSecond(count: number, startedAt: number): number {
  return Math.round((1000 * count) / (performance.now() - startedAt));
}
