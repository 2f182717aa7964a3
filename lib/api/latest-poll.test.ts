import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import { type Database, openDatabase } from '#lib/db/client';
import { pauseBatch, resumeBatch } from '#lib/jobs/batches/batches';
import { recordRunTime } from '#lib/jobs/estimates/run-times';
import { type Lease, reportProgress } from '#lib/jobs/lease';
import { startEveryQueue, startQueue, stopEveryQueue, stopQueue } from '#lib/jobs/queue-control';
import { cancelJob, retryJob } from '#lib/jobs/requests';
import type { Job } from '#lib/jobs/resource';
import { claimJobs, completeJob, postponeJob, retryJobLater } from '#lib/jobs/transitions';
import { forgetFetch, recordFetch } from '#lib/jobs/weight-fetches';
import { registerHeartbeat, removeWorker, WORKER_SILENT_MS } from '#lib/jobs/workers';
import { testDatabaseFile } from '#tests/database';
import { makeBatch, makeJob, makeUser, NOW } from '#tests/factories';
import { etagOf } from './conditional.ts';
import { latestPoll } from './latest-poll.ts';
import { newsOf, queuePoll } from './queue-poll.ts';

const DEVICES = [{ provider: 'cpu', note: null }];
const WORKER = { id: 'w', host: 'h', pid: 1, version: '0', devices: DEVICES, capacity: 1, nudgePort: null };
const PROGRESS = { value: 0.5, stage: 'a', stagesDone: 0, stagesTotal: 1, step: 1, steps: 2, message: 'A' };
const ERROR = { code: 'internal', message: 'No.', stage: null, retryable: true, suggestions: [] };
const LACKING = { ...ERROR, code: 'weights_missing', models: ['m'] };
const FETCH = { workerId: 'w', model: 'm', title: 'M', totalBytes: 9, error: null, retryAt: null };
const METRICS = { stageMs: {}, totalMs: 1, peakMemoryBytes: null, device: 'cpu' };

let db: Database;
/** Another process's way to the same database. */
let other: Database;
let anna: Actor;
let bert: Actor;

beforeEach(async () => {
  const file = await testDatabaseFile();
  db = file.db;
  other = await openDatabase(file.url);
  onTestFinished(() => other.$client.close());
  anna = await makeUser(db);
  bert = await makeUser(db);
  await registerHeartbeat(db, WORKER, NOW);
});

const tagAt = async (now = NOW) => (await latestPoll(db, anna, now)).etag;
const trueTagAt = async (now = NOW) => etagOf(newsOf(await queuePoll(db, anna, now)));

/** Whatever is done, by this process or another, the next tag is another one, and the one of what there is then. */
async function expectNews(what: string, change: (db: Database) => Promise<unknown>): Promise<void> {
  const before = await tagAt();
  await change(other);
  const after = await tagAt();
  expect(after, what).not.toBe(before);
  expect(after, what).toBe(await trueTagAt());
}

async function claim(by: Database): Promise<Lease> {
  const [job] = await claimJobs(by, { workerId: 'w', limit: 1, leaseMs: 1000 }, NOW);
  return { jobId: job!.id, workerId: 'w', fence: job!.fence };
}

test('everything that becomes of a job is news', async () => {
  let lease!: Lease;
  let job!: Job;
  await expectNews('it is there', async (by) => (job = await makeJob(by, anna)));
  await expectNews('it runs', async (by) => (lease = await claim(by)));
  await expectNews('it is under way', (by) => reportProgress(by, lease, PROGRESS, NOW));
  const further = { ...PROGRESS, step: 2, value: 1 };
  await expectNews('in the same millisecond, further', (by) => reportProgress(by, lease, further, NOW));
  const preview = { ...further, preview: { fence: 1, sequence: 1 } };
  await expectNews('it can be seen', (by) => reportProgress(by, lease, preview, NOW));
  await expectNews('it is tried later', (by) =>
    retryJobLater(by, lease, { error: ERROR, runAt: NOW + 5000 }, NOW),
  );
  await expectNews('it is cancelled', (by) => cancelJob(by, anna, job.id, NOW));
  await expectNews('it is tried again', (by) => retryJob(by, anna, job.id, NOW));
  await expectNews('it runs again', async (by) => (lease = await claim(by)));
  await expectNews('it is to stop', (by) => cancelJob(by, anna, job.id, NOW));
  await expectNews('it has ended', (by) =>
    completeJob(by, lease, { outputs: [], metrics: METRICS, warnings: [] }, NOW),
  );
});

test('so is everything that holds the queue up', async () => {
  const batch = await makeBatch(db, anna);
  await makeJob(db, anna, { batchId: batch.id, batchPosition: 0 });
  await expectNews('the queue is paused', (by) => stopQueue(by, anna, NOW));
  await expectNews('it goes on', (by) => startQueue(by, anna));
  await expectNews('the batch is paused', (by) => pauseBatch(by, anna, batch.id, NOW));
  await expectNews('it goes on', (by) => resumeBatch(by, anna, batch.id));
  await expectNews('all are paused', (by) => stopEveryQueue(by, NOW));
  await expectNews('all go on', (by) => startEveryQueue(by));
  await expectNews('the worker goes', (by) => removeWorker(by, 'w'));
  await expectNews('one comes', (by) => registerHeartbeat(by, WORKER, NOW));
  await expectNews('somebody goes first', (by) => makeJob(by, bert, { priority: 5 }));
  await expectNews('two do', (by) => makeJob(by, bert, { priority: 5 }));
  await expectNews('one of them runs', claim);
});

test('so is what is fetched for it, and whether it can be said how long it takes', async () => {
  const { pipeline, model, inputPixels } = await makeJob(db, anna);
  const lease = await claim(db);
  await postponeJob(db, lease, { error: LACKING, runAt: NOW + 5000 }, NOW);
  for (const receivedBytes of [0, 5]) {
    await expectNews('it is fetched', (by) => recordFetch(by, { ...FETCH, receivedBytes, updatedAt: NOW }));
  }
  await expectNews('it is here', (by) => forgetFetch(by, 'w', 'm'));
  await makeJob(db, anna);
  const kind = { pipeline, model, inputPixels, host: 'h', device: 'cpu' };
  const run = { ...kind, stageMs: { only: 9000 }, totalMs: 9000 };
  for (let runs = 0; runs < 2; runs++) await recordRunTime(db, run);
  await expectNews('there are enough runs', (by) => recordRunTime(by, run));
});

describe('what only time changes', () => {
  test.each([
    ['a worker that falls silent', WORKER_SILENT_MS + 1, () => makeJob(db, anna)],
    ['a retry that is due', 5000, () => makeJob(db, anna, { runAt: NOW + 5000 })],
  ])('is news too: %s', async (_what, afterMs, make) => {
    await make();
    const before = await tagAt();
    await expect(tagAt(NOW + afterMs)).resolves.not.toBe(before);
    await expect(tagAt(NOW + afterMs)).resolves.toBe(await trueTagAt(NOW + afterMs));
  });
});

test('what is of no concern here is no news', async () => {
  await makeJob(db, anna);
  const before = await latestPoll(db, anna, NOW);
  await makeJob(other, bert, { status: 'completed' });
  await registerHeartbeat(other, WORKER, NOW + 1);
  const after = await latestPoll(db, anna, NOW + 2);
  expect(after.etag).toBe(before.etag);
  expect(after).not.toBe(before);
});

test('while nothing is written, an answer is given again', async () => {
  await makeJob(db, anna);
  const [first, second] = await Promise.all([latestPoll(db, anna, NOW), latestPoll(db, anna, NOW + 1)]);
  expect(second).toBe(first);
  expect(await latestPoll(db, anna, NOW + 999)).toBe(first);
  expect(await latestPoll(db, anna, NOW + 1000)).not.toBe(first);
  expect(await latestPoll(db, bert, NOW)).not.toBe(first);
});

test('a failure is not kept', async () => {
  await db.$client.execute('ALTER TABLE job_inputs RENAME TO elsewhere');
  await makeUser(db);
  await makeJob(db, anna);
  await expect(latestPoll(db, anna, NOW)).rejects.toThrow('Failed query');
  await db.$client.execute('ALTER TABLE elsewhere RENAME TO job_inputs');
  await expect(latestPoll(db, anna, NOW)).resolves.toMatchObject({ etag: await trueTagAt() });
});
