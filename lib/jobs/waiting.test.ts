import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { batches } from '#lib/db/schema/batches';
import { jobs } from '#lib/db/schema/jobs';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { stopEveryQueue, stopQueue } from './queue-control.ts';
import type { Job } from './resource.ts';
import { describeWaits } from './waiting.ts';
import { forgetFetch, recordFetch, type WeightFetch } from './weight-fetches.ts';
import { registerHeartbeat, removeWorker, WORKER_SILENT_MS } from './workers.ts';

const WORKER = {
  id: 'w',
  host: 'h',
  pid: 1,
  version: '0',
  devices: [{ provider: 'cpu', note: null }],
  capacity: 1,
  nudgePort: null,
};

const MB = 1024 * 1024;
const FETCH = { receivedBytes: 0, totalBytes: 49 * MB, error: null, retryAt: null, updatedAt: NOW };

let db: Database;
let actor: Actor;

async function waitOf(job: Job, now: number) {
  const [wait] = await describeWaits(db, [job], now);
  return wait!;
}

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  await registerHeartbeat(db, WORKER, NOW);
});

test('counts the jobs that go first: higher priority, then older, whoever they belong to', async () => {
  const other = await makeUser(db);
  const first = await makeJob(db, other);
  const second = await makeJob(db, actor);
  const urgent = await makeJob(db, other, { priority: 1 });
  await makeJob(db, actor, { status: 'completed' });
  const waits = await describeWaits(db, [urgent, first, second], NOW);
  expect(waits).toMatchObject([
    { queuePosition: 1, waitingReason: 'Next in line' },
    { queuePosition: 2, waitingReason: 'Behind 1 job' },
    { queuePosition: 3, waitingReason: 'Behind 2 jobs' },
  ]);
});

test('a job far behind is told that, and one that is just being taken that it is next', async () => {
  const taken = await makeJob(db, actor);
  await db.update(jobs).set({ held: true });
  expect(await waitOf(taken, NOW)).toMatchObject({ queuePosition: null, waitingReason: 'Next in line' });
  const line = Array.from({ length: 500 }, () => ({ ...taken, id: newId() }));
  await db.insert(jobs).values(line);
  await db.insert(jobs).values(line.map((job) => ({ ...job, id: newId() })));
  const last = await makeJob(db, actor);
  expect(await waitOf(last, NOW)).toMatchObject({
    queuePosition: null,
    waitingReason: 'Behind more than 1000 jobs',
  });
});

test('a job between attempts says when it goes on', async () => {
  const job = await makeJob(db, actor, { attempt: 1, runAt: NOW + 21_000 });
  expect((await waitOf(job, NOW)).waitingReason).toBe('Trying again at 00:00:21 UTC');
  expect((await waitOf(job, NOW + 21_000)).waitingReason).toBe('Trying again as soon as a worker is free');
});

test('one that lacks weights says which, and how to get them', async () => {
  const error = {
    code: 'weights_missing',
    message: 'MI-GAN is not on this machine yet.',
    stage: null,
    retryable: true,
    suggestions: ['Fetch it with: models download migan'],
  };
  const job = await makeJob(db, actor, { runAt: NOW + 15_000, error });
  expect((await waitOf(job, NOW)).waitingReason).toBe(
    'Weights missing: MI-GAN is not on this machine yet. Fetch it with: models download migan',
  );
});

test('where weights are fetched, it says how far they are, or why that failed', async () => {
  const error = {
    code: 'weights_missing',
    message: 'Two models are not on this machine yet.',
    stage: null,
    retryable: true,
    suggestions: ['Fetch them with: models download a b'],
    models: ['a', 'b'],
  };
  const job = await makeJob(db, actor, { runAt: NOW + 15_000, error });
  const say = (model: string, columns: Partial<WeightFetch>, workerId = WORKER.id) =>
    recordFetch(db, { ...FETCH, model, title: model.toUpperCase(), workerId, ...columns });
  const reason = async () => (await waitOf(job, NOW)).waitingReason;

  await registerHeartbeat(db, { ...WORKER, id: 'silent' }, NOW - WORKER_SILENT_MS - 1);
  await say('a', { receivedBytes: 3 * MB }, 'silent');
  await say('other', {});
  expect(await reason()).toBe(`Weights missing: ${error.message} ${error.suggestions[0]}`);
  await say('b', {});
  expect(await reason()).toBe('Fetching B: 0 of 49 MB');
  await say('a', { receivedBytes: 12 * MB });
  expect(await reason()).toBe('Fetching A: 12 of 49 MB, then 1 other');
  await say('a', { error: 'It broke.', retryAt: NOW + 4_000 });
  expect(await reason()).toBe('Fetching B: 0 of 49 MB');
  await say('b', { error: 'It is gone.' });
  expect(await reason()).toBe('Fetching A failed: It broke. Trying again at 00:00:04 UTC');
  await forgetFetch(db, WORKER.id, 'a');
  expect(await reason()).toBe(
    'Weights missing: Fetching B failed: It is gone. Fetch them with: models download a b',
  );
});

test('a pause is named by who made it: the operator first, then the owner, then the batch', async () => {
  await pauseBatchOf('b');
  const job = await makeJob(db, actor, { batchId: 'b', batchPosition: 0, held: true });
  expect(await waitOf(job, NOW)).toMatchObject({ queuePosition: null, waitingReason: 'Its batch is paused' });
  await stopQueue(db, actor, NOW);
  expect((await waitOf(job, NOW)).waitingReason).toBe('Your queue is paused');
  await stopEveryQueue(db, NOW);
  expect((await waitOf(job, NOW)).waitingReason).toBe('The operator has paused all queues');
});

async function pauseBatchOf(id: string): Promise<void> {
  const batch = { id, ownerId: actor.userId, pipeline: 'p', model: 'auto', params: {}, refused: [] };
  await db.insert(batches).values({ ...batch, pausedAt: NOW, createdAt: NOW });
}

test('a running job that waits for its model says so', async () => {
  const progress = {
    value: 0,
    stage: 'depth',
    stagesDone: 0,
    stagesTotal: 2,
    step: null,
    steps: null,
    message: '',
  };
  const loading = await makeJob(db, actor, {
    status: 'processing',
    progress: { ...progress, loading: 'MI-GAN' },
  });
  const computing = await makeJob(db, actor, { status: 'processing', progress });
  const [first, second] = await describeWaits(db, [loading, computing], NOW);
  expect(first!.waitingReason).toBe('Loading the model MI-GAN');
  expect(second!.waitingReason).toBeNull();
});

test('without a worker, that is the reason', async () => {
  const job = await makeJob(db, actor);
  const silent = NOW + WORKER_SILENT_MS + 1;
  expect((await waitOf(job, silent)).waitingReason).toBe('No worker is running');
  await removeWorker(db, WORKER.id);
  expect((await waitOf(job, NOW)).waitingReason).toBe('No worker is running');
});

test('a job that runs does not wait', async () => {
  const job = await makeJob(db, actor, { status: 'processing' });
  expect(await waitOf(job, NOW)).toEqual({ queuePosition: null, waitingReason: null, etaMs: null });
});
