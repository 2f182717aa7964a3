import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { newId } from '#lib/core/ids';
import { checkpoint, type Database, openDatabase } from '#lib/db/client';
import { migrateDatabase } from '#lib/db/migrate';
import { users } from '#lib/db/schema/auth';
import { listenForNudges } from '#lib/jobs/nudge';
import { enqueueJob, enqueueJobs } from '#lib/jobs/requests';
import { claimJobs, completeJobs } from '#lib/jobs/transitions';
import type { Job } from '#lib/jobs/resource';
import { registerHeartbeat } from '#lib/jobs/workers';
import { identity } from '#worker/maintenance/identity';
import type { NoOp, Queue } from './contender.ts';

const CLAIMED_AT_ONCE = 10;
const LEASE_MS = 15_000;
const POLL_MS = 1_000;
const METRICS = { stageMs: {}, totalMs: 0, peakMemoryBytes: null, device: 'cpu' };

/** The product's own lib/jobs: priorities, turns, leases, fences and nudges, all at work. */
export async function open(folder: string, { payload, run }: NoOp): Promise<Queue> {
  const db = await openQueueDatabase(pathToFileURL(join(folder, 'multiplane.db')).href);
  const workerId = newId();
  const job = newJob(payload);

  /** Run the next jobs; false where there are none. Like the worker, it claims ten in one statement and finishes them in one. */
  async function runNext(concurrency: number, run: () => Promise<void>): Promise<boolean> {
    const claimed = await claimJobs(db, { workerId, limit: CLAIMED_AT_ONCE, leaseMs: LEASE_MS }, Date.now());
    if (claimed.length === 0) return false;
    if (concurrency > 1) await Promise.all(claimed.map(run));
    else for (const _ of claimed) await run();
    await finish(db, workerId, claimed);
    return true;
  }

  return {
    enqueue: () => enqueueJob(db, job, Date.now()),
    enqueueMany: (count) => enqueueJobs(db, Array<typeof job>(count).fill(job), Date.now()),
    async drain(_jobs, concurrency) {
      while (await runNext(concurrency, run));
    },
    async listen(announced) {
      let turn = Promise.resolve();
      const look = () => {
        turn = turn.then(async () => {
          while (await runNext(1, announced));
        });
      };
      const { port } = await listenForNudges(look);
      await registerHeartbeat(db, workerRow(workerId, port), Date.now());
      setInterval(look, POLL_MS);
    },
    maintain: () => checkpoint(db),
  };
}

/** A migrated database with one owner in it. */
export async function openQueueDatabase(url: string): Promise<Database> {
  const db = await openDatabase(url);
  await migrateDatabase(db);
  const owner = { id: OWNER, email: 'o', name: 'o', passwordHash: '-', role: 'user' as const, createdAt: 0 };
  await db.insert(users).values(owner).onConflictDoNothing();
  return db;
}

/** Complete what a worker has claimed, in one go. */
export async function finish(db: Database, workerId: string, claimed: Job[]): Promise<void> {
  const ends = claimed.map(({ id, fence }) => ({
    lease: { jobId: id, workerId, fence },
    outputs: [],
    metrics: METRICS,
    warnings: [],
  }));
  await completeJobs(db, ends, Date.now());
}

/** Who owns every job. */
export const OWNER = 'owner';

function newJob(params: Record<string, unknown>) {
  return {
    ownerId: OWNER,
    pipeline: 'no-op',
    model: 'auto',
    params,
    priority: 0,
    maxAttempts: 3,
    warnings: [],
    inputs: [],
  };
}

function workerRow(id: string, nudgePort: number) {
  return { id, ...identity(), devices: [], capacity: 1, nudgePort };
}
