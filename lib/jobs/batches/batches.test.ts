import { beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { isMissingReference } from '#lib/db/missing-reference';
import { batches } from '#lib/db/schema/batches';
import { JOB_STATUSES, jobs } from '#lib/db/schema/jobs';
import { testDatabase } from '#tests/database';
import { makeBatch, makeJob, makeUser, NOW } from '#tests/factories';
import { getBatchResource, listBatchSummaries } from './batch-queries.ts';
import {
  type Batch,
  batchSize,
  cancelBatch,
  deleteBatchIfEmpty,
  deleteEmptyBatches,
  enqueueBatch,
  findBatch,
  pauseBatch,
  recordRefusal,
  resumeBatch,
  retryFailedOfBatch,
} from './batches.ts';
import { renewLease } from '../lease.ts';
import { startQueue, stopQueue } from '../queue-control.ts';
import type { NewJob } from '../statements/insert-jobs.ts';
import { enqueueJob } from '../requests.ts';
import type { Job, JobStatus } from '../resource.ts';
import { claimJobs, releaseJob } from '../transitions.ts';

const REFUSAL = {
  filename: 'film.mp4',
  error: { code: 'unsupported_media_type', message: 'No.', suggestion: null },
};

let db: Database;
let anna: Actor;
let bert: Actor;

beforeEach(async () => {
  db = await testDatabase();
  anna = await makeUser(db);
  bert = await makeUser(db);
});

const claim = (limit = 1) => claimJobs(db, { workerId: 'worker', limit, leaseMs: 1000 }, NOW);
const leaseOf = ({ id, fence }: Job) => ({ jobId: id, workerId: 'worker', fence });

async function jobNow({ id }: Job): Promise<Job> {
  const [row] = await db.select().from(jobs).where(eq(jobs.id, id));
  return row!;
}

function newJob(owner: Actor, priority = 0): NewJob {
  const plain = { pipeline: 'p', model: 'auto', params: {}, maxAttempts: 3, warnings: [], inputs: [] };
  return { ...plain, ownerId: owner.userId, priority };
}

async function enqueueMany(owner: Actor, count: number, batch?: Batch): Promise<Job[]> {
  const made: Job[] = [];
  for (let position = 0; position < count; position++) {
    const place = batch && { batchId: batch.id, batchPosition: position };
    made.push(await enqueueJob(db, { ...newJob(owner), ...place }, NOW));
  }
  return made;
}

async function ownersOf(claimed: Promise<Job[]>): Promise<string[]> {
  return (await claimed).map(({ ownerId }) => ownerId);
}

type Verb = (db: Database, actor: Actor, id: string, now: number) => Promise<void>;

/** Each verb, what it makes of a job in each state it changes, and whether the batch is paused before and after. */
const VERBS: [string, Verb, Partial<Record<JobStatus, Partial<Job>>>, [boolean, boolean]][] = [
  [
    'cancel',
    cancelBatch,
    {
      pending: { status: 'cancelled', completedAt: NOW + 1 },
      processing: { status: 'processing', cancelRequestedAt: NOW + 1 },
    },
    [false, false],
  ],
  ['pause', pauseBatch, { pending: { status: 'pending', held: true } }, [false, true]],
  ['resume', resumeBatch, { pending: { status: 'pending', held: false } }, [true, false]],
  [
    'retry what failed',
    retryFailedOfBatch,
    { failed: { status: 'pending', attempt: 0, error: null, completedAt: null, runAt: NOW + 1 } },
    [false, false],
  ],
];

describe.each(VERBS)('%s', (_name, apply, leads, [pausedBefore, pausedAfter]) => {
  test.each(JOB_STATUSES)('a batch with a job that is %s', async (status) => {
    const batch = await makeBatch(db, anna, { pausedAt: pausedBefore ? NOW : null });
    const held = pausedBefore && status === 'pending';
    const job = await makeJob(db, anna, { status, held, batchId: batch.id, batchPosition: 0 });
    const outside = await makeJob(db, anna, { status });
    const other = await makeBatch(db, bert);
    const theirs = await makeJob(db, bert, { status, batchId: other.id, batchPosition: 0 });
    for (const moment of [NOW + 1, NOW + 1]) await apply(db, anna, batch.id, moment);
    const after = await jobNow(job);
    expect(after).toMatchObject(leads[status] ?? { status, held: false, cancelRequestedAt: null });
    expect((await findBatch(db, anna, batch.id)).pausedAt).toBe(pausedAfter ? NOW + 1 : null);
    expect(await jobNow(outside)).toEqual({ ...outside, vt: expect.any(Number) });
    expect(await jobNow(theirs)).toEqual(theirs);
  });

  test("another person's batch is not there", async () => {
    const batch = await makeBatch(db, anna);
    const job = await makeJob(db, anna, { status: 'failed', batchId: batch.id, batchPosition: 0 });
    await expect(apply(db, bert, batch.id, NOW)).rejects.toMatchObject({ code: 'not_found' });
    expect(await jobNow(job)).toEqual(job);
    expect(await findBatch(db, anna, batch.id)).toEqual(batch);
  });
});

describe('a paused batch', () => {
  test('holds what waits and what is added, takes back what runs, and goes on where it was', async () => {
    const batch = await makeBatch(db, anna);
    await enqueueMany(anna, 2, batch);
    const [running] = await claim();
    await pauseBatch(db, anna, batch.id, NOW);
    await enqueueJob(db, { ...newJob(anna), batchId: batch.id, batchPosition: 2 }, NOW);
    expect(await renewLease(db, leaseOf(running!), NOW + 1000)).toBe('paused');
    await releaseJob(db, leaseOf(running!), NOW);
    const outside = await enqueueJob(db, newJob(anna), NOW);
    expect((await claim(9)).map(({ id }) => id)).toEqual([outside.id]);
    await resumeBatch(db, anna, batch.id);
    expect(await claim(9)).toHaveLength(3);
  });

  test('that is resumed stays held while its owner has stopped the queue', async () => {
    const batch = await makeBatch(db, anna);
    await enqueueMany(anna, 2, batch);
    await pauseBatch(db, anna, batch.id, NOW);
    await stopQueue(db, anna, NOW);
    await resumeBatch(db, anna, batch.id);
    expect(await claim(9)).toEqual([]);
    await startQueue(db, anna);
    expect(await claim(9)).toHaveLength(2);
  });

  test('stays paused when its owner starts the queue', async () => {
    const batch = await makeBatch(db, anna);
    await enqueueMany(anna, 1, batch);
    await pauseBatch(db, anna, batch.id, NOW);
    await stopQueue(db, anna, NOW);
    await startQueue(db, anna);
    expect(await claim(9)).toEqual([]);
  });

  test('holds what is put back into it', async () => {
    const batch = await makeBatch(db, anna);
    await makeJob(db, anna, { status: 'failed', batchId: batch.id, batchPosition: 0 });
    await pauseBatch(db, anna, batch.id, NOW);
    await retryFailedOfBatch(db, anna, batch.id, NOW);
    expect(await claim(9)).toEqual([]);
    await resumeBatch(db, anna, batch.id);
    expect(await claim(9)).toHaveLength(1);
  });

  test('keeps nobody waiting behind it, its owner’s other jobs neither', async () => {
    const batch = await makeBatch(db, anna);
    await enqueueMany(anna, 50, batch);
    await pauseBatch(db, anna, batch.id, NOW);
    await enqueueMany(bert, 50);
    const { id } = await enqueueJob(db, newJob(anna), NOW);
    expect((await claim(2)).map((job) => job.id)).toContain(id);
  });

  test('is owed no turns it missed, and its owner takes no turn twice', async () => {
    const batch = await makeBatch(db, anna);
    await enqueueMany(anna, 20, batch);
    await pauseBatch(db, anna, batch.id, NOW);
    await enqueueMany(anna, 20);
    await enqueueMany(bert, 40);
    await claim(10);
    await resumeBatch(db, anna, batch.id);
    const owners = await ownersOf(claim(20));
    expect(owners.filter((owner) => owner === bert.userId)).toHaveLength(10);
  });
});

test('many that are retried at once take one turn each', async () => {
  const batch = await makeBatch(db, anna);
  for (let position = 0; position < 20; position++) {
    await makeJob(db, anna, { status: 'failed', batchId: batch.id, batchPosition: position });
  }
  await enqueueMany(bert, 20);
  await retryFailedOfBatch(db, anna, batch.id, NOW);
  const claimed = await claim(20);
  const hers = claimed.filter(({ ownerId }) => ownerId === anna.userId);
  expect(hers.map(({ batchPosition }) => batchPosition).sort((a, b) => a! - b!)).toEqual([
    ...Array(10).keys(),
  ]);
});

describe('places', () => {
  test('are given out once each, to jobs and to refused pictures', async () => {
    const { id } = await makeBatch(db, anna);
    const add = () => enqueueJob(db, { ...newJob(anna), batchId: id }, NOW);
    await Promise.all([add(), recordRefusal(db, id, REFUSAL), add(), recordRefusal(db, id, REFUSAL), add()]);
    const { items, total } = await getBatchResource(db, anna, id, NOW);
    expect(items.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4]);
    expect([total, await batchSize(db, id)]).toEqual([5, 5]);
  });

  test('a batch that cannot be made whole is not made', async () => {
    const { id } = await makeBatch(db, anna);
    const sound = { ...newJob(anna), batchId: id, batchPosition: 0 };
    const unsound = { ...sound, batchPosition: 1, inputs: [{ role: 'image', uploadId: 'gone' }] };
    const batch = await findBatch(db, anna, id);
    await db.delete(batches);
    const failed = await enqueueBatch(db, batch, [sound, unsound], NOW).catch(isMissingReference);
    expect(failed).toBe(true);
    expect([await db.$count(jobs), await db.$count(batches)]).toEqual([0, 0]);
    expect(await enqueueBatch(db, batch, [], NOW)).toBeUndefined();
    expect(await db.$count(batches)).toBe(1);
  });
});

test('lists and the batch itself tell the same of every picture', async () => {
  const batch = await makeBatch(db, anna, { name: 'Bay', refused: [{ ...REFUSAL, position: 5 }] });
  const progress = { stage: 'cut', stagesDone: 1, stagesTotal: 4, step: 1, steps: 2, message: 'Cutting' };
  for (const [batchPosition, status] of JOB_STATUSES.entries()) {
    const running = status === 'processing' && { progress: { ...progress, value: 0.5 } };
    await makeJob(db, anna, { status, batchId: batch.id, batchPosition, ...running });
  }
  await makeBatch(db, bert);
  const { items, ...summary } = await getBatchResource(db, anna, batch.id, NOW);
  expect(summary).toMatchObject({
    name: 'Bay',
    total: 6,
    counts: { pending: 1, processing: 1, completed: 1, failed: 1, cancelled: 1, refused: 1 },
    progress: 4.5 / 6,
  });
  expect(items.map(({ status }) => status)).toEqual([...JOB_STATUSES, 'refused']);
  expect(items[1]).toMatchObject({ progress: 0.5, message: 'Cutting', error: null });
  expect(items[3]).toMatchObject({ error: { code: 'internal', message: 'It broke.', suggestions: [] } });
  expect(items[5]).toEqual({
    position: 5,
    filename: 'film.mp4',
    job_id: null,
    status: 'refused',
    progress: 0,
    message: 'No.',
    waiting_reason: null,
    error: { code: 'unsupported_media_type', message: 'No.', suggestions: [] },
    url: null,
  });
  expect(await listBatchSummaries(db, anna, { limit: 5 })).toEqual({ items: [summary], nextCursor: null });
});

describe('of the batches without jobs', () => {
  test('one is removed with its last job, unless it tells of a refused picture', async () => {
    const [empty, telling, used] = [
      await makeBatch(db, anna),
      await makeBatch(db, anna, { refused: [{ ...REFUSAL, position: 0 }] }),
      await makeBatch(db, anna),
    ];
    await makeJob(db, anna, { batchId: used.id, batchPosition: 0 });
    for (const { id } of [empty, telling, used]) await deleteBatchIfEmpty(db, id);
    const left = await listBatchSummaries(db, anna, { limit: 5 });
    expect(left.items.map(({ id }) => id)).toEqual([used.id, telling.id]);
  });

  test('all of an owner are cleared, except one that was just opened', async () => {
    await makeBatch(db, anna, { createdAt: NOW - 24 * 60 * 60_000 });
    await makeBatch(db, anna, { refused: [{ ...REFUSAL, position: 0 }] });
    const opened = await makeBatch(db, anna);
    const theirs = await makeBatch(db, bert, { refused: [{ ...REFUSAL, position: 0 }] });
    await deleteEmptyBatches(db, anna, NOW + 1);
    const rows = await db.select({ id: batches.id }).from(batches).orderBy(batches.id);
    expect(rows.map(({ id }) => id)).toEqual([opened.id, theirs.id]);
  });
});
