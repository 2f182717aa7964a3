import { mkdir, truncate, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { createLogger } from '#lib/core/logger';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { finishedStages, getJobResource } from '#lib/jobs/queries';
import { cancelJob } from '#lib/jobs/requests';
import type { Job } from '#lib/jobs/resource';
import { claimJobs } from '#lib/jobs/transitions';
import { DiskStore } from '#lib/media/disk-store';
import { listModels } from '#lib/models/catalogue';
import { weightPath } from '#lib/models/weights';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { temporaryFolder } from '#tests/temporary-folder';
import { waitFor } from '#tests/wait-for';
import type { WorkerContext } from './context.ts';
import { execute } from './executor.ts';
import { Runner } from './runner/runner.ts';

let db: Database;
let actor: Actor;
let context: WorkerContext;
const forever = new AbortController().signal;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  context = await contextIn(await temporaryFolder());
});

/** A worker with a real database and store, whose runner is a real process that computes nothing. */
async function contextIn(folder: string): Promise<WorkerContext> {
  const settings = readSettings({ MULTIPLANE_DATA_DIR: folder, MULTIPLANE_LEASE_MS: '400' });
  await emptyWeights(settings.weightsDir);
  const log = createLogger('test', 'silent');
  const child = resolve('tests/fake-runner.mjs');
  const runner = new Runner({ concurrency: 1, cancelGraceMs: 50, stuckAfterMs: 60_000, log, child });
  onTestFinished(() => runner.close());
  return {
    workerId: 'worker',
    db,
    store: new DiskStore(settings.filesDir),
    runner,
    device: { provider: 'cpu', note: null, threads: 1 },
    nudgePort: 0,
    capacity: 1,
    settings,
    clock: () => NOW,
    log,
  };
}

/** Files of the right names and sizes: nothing here opens them. */
async function emptyWeights(weightsDir: string): Promise<void> {
  await mkdir(weightsDir, { recursive: true });
  for (const weight of listModels().flatMap(({ weights }) => weights)) {
    const path = weightPath(weightsDir, weight);
    await writeFile(path, '');
    await truncate(path, weight.sizeBytes);
  }
}

/** A claimed job whose stages do as told. */
async function claimedJob(wishes: Record<string, string> = {}, columns: Partial<Job> = {}): Promise<Job> {
  await makeJob(db, actor, { params: wishes, ...columns });
  const [job] = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: 400 }, NOW);
  return job!;
}

const resourceOf = (job: Job) => getJobResource(db, actor, job.id, NOW);
const stagesOf = async (job: Job) => (await finishedStages(db, job.id)).map(({ stage }) => stage).sort();

test('a job runs through its stages and publishes what they made', async () => {
  const job = await claimedJob();
  expect(await execute(context, job, forever)).toBe('completed');
  const { status, outputs, metrics } = await resourceOf(job);
  expect(status).toBe('completed');
  expect(outputs.map(({ name }) => name)).toEqual(['depth.txt', 'cut.txt', 'fill.txt', 'compose.txt']);
  expect(metrics?.stage_ms).toEqual({ depth: 1, cut: 1, fill: 1, compose: 1 });
});

test('an error that may pass is tried again, from the stage it came in, until the attempts are used up', async () => {
  const job = await claimedJob({ fill: 'unavailable' }, { maxAttempts: 2 });
  expect(await execute(context, job, forever)).toBe('failed');
  expect(await resourceOf(job)).toMatchObject({ status: 'pending', attempt: 1, error: { stage: 'fill' } });
  expect(await stagesOf(job)).toEqual(['cut', 'depth']);
  const [again] = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: 400 }, NOW + 60_000);
  await execute(context, again!, forever);
  expect(await resourceOf(job)).toMatchObject({
    status: 'failed',
    attempt: 2,
    error: { code: 'unavailable' },
  });
});

test('an error that will not pass fails at once', async () => {
  const job = await claimedJob({ depth: 'model_unfit' });
  await execute(context, job, forever);
  expect(await resourceOf(job)).toMatchObject({ status: 'failed', attempt: 1, error: { retryable: false } });
});

test('a retry goes on after the last finished stage, and repeats one whose files have gone', async () => {
  const job = await claimedJob({ compose: 'unavailable' });
  await execute(context, job, forever);
  const kept = await finishedStages(db, job.id);
  await context.store.removeTree(`jobs/${job.id}/1/fill`);
  await db.update(jobs).set({ params: {} });
  const [again] = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: 400 }, NOW + 60_000);
  expect(await execute(context, again!, forever)).toBe('completed');
  const fences = Object.fromEntries(
    (await finishedStages(db, job.id)).map(({ stage, fence }) => [stage, fence]),
  );
  expect(kept).toHaveLength(3);
  expect(fences).toEqual({ depth: 1, cut: 1, fill: 2, compose: 2 });
});

test('a lease that is lost in the middle of a run drops the run and writes nothing', async () => {
  const job = await claimedJob({ cut: 'hang' });
  const running = execute(context, job, forever);
  await waitFor('the first stage', async () => (await stagesOf(job)).length === 1);
  await db
    .update(jobs)
    .set({ fence: sql`fence + 1`, workerId: 'successor' })
    .where(eq(jobs.id, job.id));
  expect(await running).toBe('lost');
  const [row] = await db.select().from(jobs);
  expect(row).toMatchObject({ status: 'processing', workerId: 'successor', fence: 2 });
});

test('a cancel stops the run', async () => {
  const job = await claimedJob({ cut: 'ignore' });
  const running = execute(context, job, forever);
  await waitFor('the first stage', async () => (await stagesOf(job)).length === 1);
  await cancelJob(db, actor, job.id, NOW);
  expect(await running).toBe('cancelled');
  expect(await resourceOf(job)).toMatchObject({ status: 'cancelled', outputs: [] });
});

test('a cancel that comes as the job ends wins, and keeps what a retry would go on with', async () => {
  const job = await claimedJob();
  await cancelJob(db, actor, job.id, NOW);
  expect(await execute(context, job, forever)).toBe('cancelled');
  const folder = await context.store.list(`jobs/${job.id}`);
  expect(folder.length).toBe((await stagesOf(job)).length);
});

test('a worker that has to leave gives its job back uncounted', async () => {
  const job = await claimedJob({ cut: 'hang' });
  const leaving = new AbortController();
  const running = execute(context, job, leaving.signal);
  await waitFor('the first stage', async () => (await stagesOf(job)).length === 1);
  leaving.abort('interrupted');
  expect(await running).toBe('interrupted');
  expect(await resourceOf(job)).toMatchObject({ status: 'pending', attempt: 0 });
  expect(await stagesOf(job)).toEqual(['depth']);
});

test('missing weights are said before anything is done', async () => {
  const job = await claimedJob();
  const elsewhere = { ...context, settings: { ...context.settings, weightsDir: '/nowhere' } };
  await execute(elsewhere, job, forever);
  expect((await resourceOf(job)).error).toMatchObject({ code: 'weights_missing' });
  expect(await stagesOf(job)).toEqual([]);
});
