import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobs, jobStages } from '#lib/db/schema/jobs';
import { findCheckpoint } from '#lib/jobs/checkpoints';
import { getJobResource } from '#lib/jobs/job-resources';
import { retryJob } from '#lib/jobs/requests';
import type { Job } from '#lib/jobs/resource';
import { claimJobs } from '#lib/jobs/transitions';
import { testDatabase } from '#tests/database';
import { drillChain } from '#tests/drill-chain';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { temporaryFolder } from '#tests/temporary-folder';
import { waitFor } from '#tests/wait-for';
import { workerContext } from '#tests/worker-context';
import type { WorkerContext } from './context.ts';
import { execute } from './executor.ts';

/* With the drill, which saves a checkpoint before its first step and after every fifth. */
process.env.MULTIPLANE_DRILL = 'true';

const forever = new AbortController().signal;
let db: Database;
let actor: Actor;
let folder: string;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  folder = temporaryFolder();
});

/** Another worker on the same machine: it knows what the database and the disk say, and nothing else. */
function newWorker(): WorkerContext {
  return workerContext({ db, folder });
}

async function makeDrill(params: { steps?: number; step_ms?: number; fail?: string }): Promise<string> {
  const drill = { steps: 12, step_ms: 0, fail: 'none', ...params };
  return (await makeJob(db, actor, { pipeline: 'drill', params: drill })).id;
}

async function claim(): Promise<Job> {
  const [job] = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: 400 }, NOW + 60_000);
  return job!;
}

/** Run the job, and say from which state its count went on. */
async function runAndWatch(context: WorkerContext) {
  const run = vi.spyOn(context.runner, 'run');
  const outcome = await execute(context, await claim(), forever);
  const count = run.mock.calls.find(([task]) => task.stage === 'count')?.[0];
  return { outcome, wentOnFrom: count?.checkpoint?.state ?? null, spentMs: count?.checkpoint?.elapsedMs };
}

async function chainOf({ store }: WorkerContext, jobId: string): Promise<string[]> {
  const key = (await store.list(`jobs/${jobId}`)).find((name) => name.endsWith('chain.txt'));
  return (await readFile(join(folder, 'files', key!), 'utf8')).trimEnd().split('\n');
}

test('a stage whose process dies goes on from the last checkpoint, and its time adds up', async () => {
  const jobId = await makeDrill({ fail: 'crash' });
  expect((await runAndWatch(newWorker())).outcome).toBe('crashed');
  const worker = newWorker();
  const { outcome, wentOnFrom, spentMs } = await runAndWatch(worker);
  expect({ outcome, wentOnFrom }).toEqual({ outcome: 'completed', wentOnFrom: { done: 5 } });
  expect(await chainOf(worker, jobId)).toEqual(drillChain(jobId, null, 12));
  const { metrics } = await getJobResource(db, actor, jobId, NOW);
  expect(metrics!.stage_ms['count']).toBeGreaterThanOrEqual(spentMs!);
});

test('nothing of a checkpoint is left of a job that has ended', async () => {
  const jobId = await makeDrill({});
  const worker = newWorker();
  await runAndWatch(worker);
  expect(await findCheckpoint(db, jobId, 'count')).toBeUndefined();
  const kept = (await worker.store.list(`jobs/${jobId}`)).map((key) => key.replace(`jobs/${jobId}/`, ''));
  expect(kept).toEqual(['1/count/chain.txt', '1/publish/result.json', '1/receipt/receipt.json']);
});

test('only the last checkpoint takes up room', async () => {
  const jobId = await makeDrill({ steps: 22, fail: 'once' });
  const worker = newWorker();
  await runAndWatch(worker);
  const kept = (await worker.store.list(`jobs/${jobId}`)).filter((key) => key.includes('checkpoint'));
  expect(kept).toEqual([`jobs/${jobId}/1/count.checkpoint/3/chain.txt`]);
});

test('a checkpoint that is damaged or gone is passed over', async () => {
  const jobId = await makeDrill({ fail: 'once' });
  const worker = newWorker();
  await runAndWatch(worker);
  const key = `jobs/${jobId}/1/count.checkpoint/2/chain.txt`;
  await worker.store.writeAtomic(key, (await readFile(join(folder, 'files', key))).toReversed());
  expect((await runAndWatch(worker)).wentOnFrom).toBeNull();
  await worker.store.removeTree(`jobs/${jobId}/2/count.checkpoint`);
  expect((await runAndWatch(worker)).wentOnFrom).toBeNull();
});

test('a checkpoint is not gone on from once the stage before it was made anew', async () => {
  const jobId = await makeDrill({ fail: 'once' });
  const worker = newWorker();
  await runAndWatch(worker);
  await db.delete(jobStages).where(eq(jobStages.jobId, jobId));
  expect((await runAndWatch(worker)).wentOnFrom).toBeNull();
});

test("a person's retry keeps the checkpoint", async () => {
  const jobId = await makeDrill({ fail: 'always' });
  await db.update(jobs).set({ maxAttempts: 1 });
  await runAndWatch(newWorker());
  await retryJob(db, actor, jobId, NOW);
  expect((await runAndWatch(newWorker())).wentOnFrom).toEqual({ done: 5 });
});

test('a worker that lost its lease drops its run, and its successor goes on from what it saved in time', async () => {
  const jobId = await makeDrill({ steps: 60, step_ms: 10 });
  const paused = newWorker();
  const running = execute(paused, await claim(), forever);
  await waitFor('a checkpoint', async () => (await findCheckpoint(db, jobId, 'count'))!.sequence >= 2);
  await db
    .update(jobs)
    .set({ status: 'pending', workerId: null, leaseExpiresAt: null, fence: sql`fence + 1` })
    .where(eq(jobs.id, jobId));
  const { state } = (await findCheckpoint(db, jobId, 'count'))!;
  expect(await running).toBe('lost');
  const worker = newWorker();
  expect(await runAndWatch(worker)).toMatchObject({ outcome: 'completed', wentOnFrom: state });
  expect(await chainOf(worker, jobId)).toEqual(drillChain(jobId, null, 60));
});
