import { version } from 'uuid';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import type { JobError } from '#lib/db/schema/job-values';
import { jobs } from '#lib/db/schema/jobs';
import { webhookDeliveries } from '#lib/db/schema/webhooks';
import { testDatabase } from '#tests/database';
import { makeBatch, makeJob, makeUser, NOW } from '#tests/factories';
import { makeWebhook } from '#tests/webhooks';
import { cancelBatch } from '../batches/batches.ts';
import type { Lease } from '../lease.ts';
import { cancelJob } from '../requests.ts';
import type { Job } from '../resource.ts';
import {
  completeJob,
  completeJobs,
  failJob,
  finishCancel,
  postponeJob,
  recordCrash,
  releaseJob,
  rescueJob,
  retryJobLater,
} from '../transitions.ts';

const RESULT = {
  outputs: [],
  metrics: { stageMs: {}, totalMs: 5, peakMemoryBytes: null, device: 'cpu' },
  warnings: [],
};
const ERROR: JobError = { code: 'internal', message: 'No.', stage: null, retryable: true, suggestions: [] };

let db: Database;
let actor: Actor;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
});

const leaseOf = ({ id: jobId, fence }: Job): Lease => ({ jobId, workerId: 'worker', fence });
const running = (columns: Partial<Job> = {}) => makeJob(db, actor, { status: 'processing', ...columns });

async function told() {
  return db.select().from(webhookDeliveries).orderBy(webhookDeliveries.jobId, webhookDeliveries.event);
}

async function eventsTold(): Promise<string[]> {
  return (await told()).map(({ event }) => event);
}

/** What a worker can write of a job, and what its owner is told where nobody asked for a cancel. */
const WRITES: [string, (job: Job) => Promise<unknown>, string | null][] = [
  ['completes', (job) => completeJob(db, leaseOf(job), RESULT, NOW), 'job.completed'],
  ['fails', (job) => failJob(db, leaseOf(job), ERROR, NOW), 'job.failed'],
  ['is stopped', (job) => finishCancel(db, leaseOf(job), NOW), 'job.cancelled'],
  [
    'crashes for the last time',
    (job) => recordCrash(db, leaseOf(job), { error: ERROR, retryAt: null }, NOW),
    'job.failed',
  ],
  ['loses its tenth worker', (job) => rescueJob(db, { ...job, rescues: 9 }, ERROR, NOW), 'job.failed'],
  ['crashes', (job) => recordCrash(db, leaseOf(job), { error: ERROR, retryAt: NOW }, NOW), null],
  ['loses its worker', (job) => rescueJob(db, job, ERROR, NOW), null],
  ['is to be tried again', (job) => retryJobLater(db, leaseOf(job), { error: ERROR, runAt: NOW }, NOW), null],
  ['is given back', (job) => releaseJob(db, leaseOf(job), NOW), null],
  ['is put off', (job) => postponeJob(db, leaseOf(job), { error: ERROR, runAt: NOW }, NOW), null],
];

describe.each(WRITES)('a job that %s', (_, write, event) => {
  beforeEach(() => makeWebhook(db, actor));

  test(`is told of as ${event ?? 'nothing'}, once`, async () => {
    const job = await running();
    await write(job);
    await write(job);
    expect(await eventsTold()).toEqual(event === null ? [] : [event]);
  });

  test('after its lease was lost, is not told of', async () => {
    await write({ ...(await running()), fence: 0 });
    expect(await told()).toEqual([]);
  });

  test('after a cancel was accepted, is told of as cancelled', async () => {
    await write(await running({ cancelRequestedAt: NOW }));
    expect(await eventsTold()).toEqual(['job.cancelled']);
  });
});

test('a worker that came back in time keeps its job, and nobody is told of its rescue', async () => {
  await makeWebhook(db, actor);
  const seen = { ...(await running()), rescues: 9 };
  await db.update(jobs).set({ leaseExpiresAt: NOW + 20_000 });
  expect(await rescueJob(db, seen, ERROR, NOW)).toBe(false);
  expect(await told()).toEqual([]);
});

test('where an end cannot be written, nobody is told of it', async () => {
  await makeWebhook(db, actor);
  // A check of the table refuses it.
  const withoutError = null as never;
  await expect(failJob(db, leaseOf(await running()), withoutError, NOW)).rejects.toThrow('jobs_error');
  expect(await told()).toEqual([]);
});

test('jobs that wait are told of when they are cancelled, those that run once they have stopped', async () => {
  await makeWebhook(db, actor);
  const { id: batchId } = await makeBatch(db, actor);
  await makeJob(db, actor, { batchId });
  const ran = await running({ batchId });
  await makeJob(db, actor, { batchId, status: 'completed' });
  await cancelBatch(db, actor, batchId, NOW);
  await cancelBatch(db, actor, batchId, NOW);
  expect(await eventsTold()).toEqual(['job.cancelled']);
  await finishCancel(db, leaseOf(ran), NOW);
  expect(await eventsTold()).toEqual(['job.cancelled', 'job.cancelled']);
});

test('each of the owner’s webhooks is told what it wants to know, and nobody else’s', async () => {
  const all = await makeWebhook(db, actor);
  const failures = await makeWebhook(db, actor, { events: ['job.failed'] });
  await makeWebhook(db, actor, { disabledAt: NOW });
  await makeWebhook(db, await makeUser(db));
  const done = await running();
  const broken = await running();
  const waiting = await makeJob(db, actor);
  const stranger = await makeJob(db, await makeUser(db), { status: 'processing' });
  const completions = [done, stranger].map((job) => ({ lease: leaseOf(job), ...RESULT }));
  await completeJobs(db, completions, NOW);
  await failJob(db, leaseOf(broken), ERROR, NOW);
  await cancelJob(db, actor, waiting.id, NOW);
  const rows = await told();
  expect(rows.map(({ webhookId, jobId, event }) => [webhookId, jobId, event])).toEqual(
    [
      [all.id, done.id, 'job.completed'],
      [all.id, broken.id, 'job.failed'],
      [failures.id, broken.id, 'job.failed'],
      [all.id, waiting.id, 'job.cancelled'],
    ].sort(([, a], [, b]) => a!.localeCompare(b!)),
  );
});

test('what is told of is due at once, under ids that sort by time', async () => {
  await makeWebhook(db, actor);
  await makeWebhook(db, actor);
  await completeJob(db, leaseOf(await running()), RESULT, NOW);
  const rows = await told();
  const pending = { status: 'pending', attempts: 0, nextAttemptAt: NOW, createdAt: NOW, payload: null };
  expect(rows).toMatchObject([pending, pending]);
  for (const { id } of rows) {
    expect(version(id)).toBe(7);
    expect(parseInt(id.replaceAll('-', '').slice(0, 12), 16)).toBe(NOW);
  }
  expect(new Set(rows.flatMap(({ id, messageId }) => [id, messageId])).size).toBe(4);
});
