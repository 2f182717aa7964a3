import { eq, sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { getJobResource } from '#lib/jobs/job-resources';
import { finishedStages } from '#lib/jobs/queries';
import { cancelJob } from '#lib/jobs/requests';
import type { Job } from '#lib/jobs/resource';
import { runTimesOf } from '#lib/jobs/estimates/run-times';
import { claimJobs } from '#lib/jobs/transitions';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { temporaryFolder } from '#tests/temporary-folder';
import { waitFor } from '#tests/wait-for';
import { FAKE_RUNNER, LEASE_MS, placeWeights, workerContext } from '#tests/worker-context';
import type { WorkerContext } from './context.ts';
import { execute } from './executor.ts';
import { identity } from './maintenance/identity.ts';

let db: Database;
let actor: Actor;
let context: WorkerContext;
const forever = new AbortController().signal;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  context = workerContext({ db, child: FAKE_RUNNER });
});

/** A claimed job whose stages do as told. */
async function claimedJob(wishes: Record<string, string> = {}, columns: Partial<Job> = {}): Promise<Job> {
  await makeJob(db, actor, { params: wishes, ...columns });
  const [job] = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: LEASE_MS }, NOW);
  return job!;
}

const resourceOf = (job: Job) => getJobResource(db, actor, job.id, NOW);
const stagesOf = async (job: Job) => (await finishedStages(db, job.id)).map(({ stage }) => stage).sort();

test('a job runs through its stages and publishes what they made', async () => {
  const job = await claimedJob();
  expect(await execute(context, job, forever)).toBe('completed');
  const { status, outputs, metrics } = await resourceOf(job);
  expect(status).toBe('completed');
  const made = ['depth.txt', 'cut.txt', 'fill.txt', 'compose.txt', 'receipt.json'];
  expect(outputs.map(({ name }) => name)).toEqual(made);
  expect(metrics?.stage_ms).toEqual({ depth: 1, cut: 1, fill: 1, compose: 1 });
});

test('an error that may pass is tried again, from the stage it came in, until the attempts are used up', async () => {
  const job = await claimedJob({ fill: 'unavailable' }, { maxAttempts: 2 });
  expect(await execute(context, job, forever)).toBe('failed');
  expect(await resourceOf(job)).toMatchObject({ status: 'pending', attempt: 1, error: { stage: 'fill' } });
  expect(await stagesOf(job)).toEqual(['cut', 'depth']);
  const [again] = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: LEASE_MS }, NOW + 60_000);
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
  const [again] = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: LEASE_MS }, NOW + 60_000);
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
  const kept = await context.store.list(`jobs/${job.id}`);
  const stages = await stagesOf(job);
  expect(kept).toEqual(expect.arrayContaining(stages.map((name) => `jobs/${job.id}/1/${name}/${name}.txt`)));
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

test('a job whose weights are missing waits for them uncounted, however often it is looked at', async () => {
  const weightsDir = temporaryFolder();
  const bare = { ...context, settings: { ...context.settings, weightsDir } };
  let job = await claimedJob({}, { maxAttempts: 1 });
  for (let look = 1; look <= 3; look++) {
    const lookedAt = NOW + look * 60_000;
    await execute({ ...bare, clock: () => lookedAt }, job, forever);
    const [row] = await db.select().from(jobs);
    const error = { code: 'weights_missing', models: ['fastdepth', 'u2netp', 'migan'] };
    expect(row).toMatchObject({ status: 'pending', attempt: 0, error });
    expect(row!.runAt - lookedAt).toBeGreaterThanOrEqual(15_000);
    expect(row!.runAt - lookedAt).toBeLessThanOrEqual(30_000);
    [job] = (await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: LEASE_MS }, row!.runAt)) as [Job];
  }
  expect(await stagesOf(job)).toEqual([]);
  placeWeights(weightsDir);
  expect(await execute(bare, job, forever)).toBe('completed');
  expect(await resourceOf(job)).toMatchObject({ attempt: 1, error: null });
});

test('a job whose model is no longer in the catalogue fails at once', async () => {
  const job = await claimedJob({}, { model: 'discontinued' });
  await execute(context, job, forever);
  expect(await resourceOf(job)).toMatchObject({ status: 'failed', attempt: 1, error: { code: 'not_found' } });
});

test.each([
  ['cannot hold', 1_000_000_000, /needs .* GB of memory, and this machine has 954 MB/],
  ['nobody has exported', 0, /is not on this machine, and no download brings it/],
])('a job with a model that this machine %s fails at once', async (_, memoryBytes, message) => {
  const model = memoryBytes > 0 ? 'wan2.1-t2v-14b' : 'wan2.1-t2v-1.3b';
  const limited = { ...context.settings, memoryBytes: memoryBytes || 2 ** 40 };
  const job = await claimedJob({}, { pipeline: 't2v', model });
  await execute({ ...context, settings: limited }, job, forever);
  const error = { code: 'model_unavailable', retryable: false, message: expect.stringMatching(message) };
  expect(await resourceOf(job)).toMatchObject({ status: 'failed', attempt: 1, error });
});

test('how long a run took is remembered, unless some of it was computed before', async () => {
  const run = { pipeline: 'photo-realistic', model: 'auto', host: identity().host };
  const learned = async () =>
    (await runTimesOf(db, [run])).map(({ stageMs, device }) => ({ stageMs, device }));
  await execute(context, await claimedJob({}, { fence: 1 }), forever);
  expect(await learned()).toEqual([]);
  await execute(context, await claimedJob(), forever);
  expect(await learned()).toEqual([{ stageMs: { depth: 1, cut: 1, fill: 1, compose: 1 }, device: 'cpu' }]);
});

test('what a lost attempt left is removed, except the stages it had recorded', async () => {
  const job = await claimedJob({ cut: 'hang' });
  const running = execute(context, job, forever);
  await waitFor('the first stage', async () => (await stagesOf(job)).length === 1);
  await context.store.writeAtomic(`jobs/${job.id}/1/cut/half.txt`, Buffer.from('half'));
  await context.store.writeAtomic(`jobs/${job.id}/2/cut/cut.txt`, Buffer.from('of the successor'));
  await db.update(jobs).set({ fence: 2, workerId: 'successor' });
  expect(await running).toBe('lost');
  expect(await context.store.list(`jobs/${job.id}`)).toEqual([
    `jobs/${job.id}/1/depth/depth.txt`,
    `jobs/${job.id}/2/cut/cut.txt`,
  ]);
});
