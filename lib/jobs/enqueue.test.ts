import { inArray } from 'drizzle-orm';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { isMissingReference } from '#lib/db/missing-reference';
import { jobInputs, jobs } from '#lib/db/schema/jobs';
import { testDatabase } from '#tests/database';
import { makeBatch, makeUpload, makeUser, NOW } from '#tests/factories';
import { takeKey } from './idempotency.ts';
import type { NewJob } from './statements/insert-jobs.ts';
import { stopQueue } from './queue-control.ts';
import { enqueueJob, enqueueJobs } from './requests.ts';
import { claimJobs } from './transitions.ts';

let db: Database;
let anna: Actor;
let bert: Actor;

beforeEach(async () => {
  db = await testDatabase();
  anna = await makeUser(db);
  bert = await makeUser(db);
});

function newJob(owner: Actor, columns: Partial<NewJob> = {}): NewJob {
  const plain = { pipeline: 'p', model: 'auto', params: { n: 1 }, priority: 0, maxAttempts: 3 };
  return { ...plain, ownerId: owner.userId, warnings: [], inputs: [], ...columns };
}

async function enqueueOneByOne(many: NewJob[]): Promise<string[]> {
  const ids: string[] = [];
  for (const job of many) ids.push((await enqueueJob(db, job, NOW)).id);
  return ids;
}

/** The rows of these jobs in their order, with the pictures they take. */
async function rowsOf(ids: string[]) {
  const rows = await db.select().from(jobs).where(inArray(jobs.id, ids));
  const inputs = await db.select().from(jobInputs).where(inArray(jobInputs.jobId, ids));
  return ids.map((id) => ({
    ...rows.find((row) => row.id === id)!,
    inputs: inputs.filter(({ jobId }) => jobId === id),
  }));
}

test('a job is answered as it was written', async () => {
  const batch = await makeBatch(db, anna);
  const own = { batchId: batch.id, inputPixels: 5, priority: 2, warnings: ['small'] };
  const made = await enqueueJob(db, newJob(anna, own), NOW);
  expect(await rowsOf([made.id])).toEqual([{ ...made, batchPosition: 0, inputs: [] }]);
});

describe('many at once', () => {
  test('become what they become one after the other, whatever is mixed', async () => {
    const { id: batchId } = await makeBatch(db, anna);
    const { id: uploadId } = await makeUpload(db, anna);
    const many = [
      newJob(anna),
      newJob(anna, { priority: 5 }),
      newJob(bert, { params: { n: 2, text: `it's "so"` }, warnings: ['small'] }),
      newJob(anna, { batchId, batchPosition: 7, inputPixels: 9 }),
      newJob(anna, { inputs: ['image', 'mask'].map((role) => ({ role, uploadId })) }),
      newJob(bert, { model: 'other' }),
      newJob(anna, { priority: 5, maxAttempts: 1 }),
    ];
    await enqueueOneByOne([newJob(anna), newJob(anna), newJob(bert)]);
    await claimJobs(db, { workerId: 'w', limit: 2, leaseMs: 1000 }, NOW);

    const oneByOne = await rowsOf(await enqueueOneByOne(many));
    await db.delete(jobs).where(
      inArray(
        jobs.id,
        oneByOne.map(({ id }) => id),
      ),
    );
    const atOnce = await rowsOf(await enqueueJobs(db, many, NOW));
    const alike = oneByOne.map((row, at) => {
      const { id } = atOnce[at]!;
      return { ...row, id, inputs: row.inputs.map((input) => ({ ...input, jobId: id })) };
    });
    expect(atOnce).toEqual(alike);
    expect(new Set(atOnce.map(({ ownerId, priority, vt }) => `${ownerId} ${priority} ${vt}`)).size).toBe(7);
  });

  test('keep the ids they were given, and their order', async () => {
    const given = ['first', 'second', 'third'];
    const ids = await enqueueJobs(
      db,
      given.map((id) => newJob(anna, { id })),
      NOW,
    );
    expect(ids).toEqual(given);
    const claimed = await claimJobs(db, { workerId: 'w', limit: 1, leaseMs: 1000 }, NOW);
    expect(claimed[0]!.id).toBe('first');
  });

  test('wait where their owner or their batch is paused', async () => {
    const paused = await makeBatch(db, anna, { pausedAt: NOW });
    await stopQueue(db, bert, NOW);
    const many = [newJob(anna), newJob(anna, { batchId: paused.id, batchPosition: 0 }), newJob(bert)];
    const rows = await rowsOf(await enqueueJobs(db, many, NOW));
    expect(rows.map(({ held }) => held)).toEqual([false, true, true]);
  });

  test('take as many statements as two', async () => {
    const { id: uploadId } = await makeUpload(db, anna);
    const inputs = [{ role: 'image', uploadId }];
    const batch = vi.spyOn(db, 'batch');
    for (const count of [2, 300]) {
      const many = Array.from({ length: count }, (_, n) => newJob(anna, { params: { n }, inputs }));
      await enqueueJobs(db, many, NOW);
    }
    const [two, many] = batch.mock.calls.map(([statements]) => statements.length);
    expect(many).toBe(two);
    expect(await db.$count(jobs)).toBe(302);
  });

  test('are none where there are none', async () => {
    expect(await enqueueJobs(db, [], NOW)).toEqual([]);
  });
});

describe('what belongs to a request', () => {
  const key = { key: 'k', fingerprint: 'f' };

  test.each([
    ['one job', (job: NewJob, db: Database) => enqueueJob(db, job, NOW, [takeKey(db, anna, key, 'x', NOW)])],
    [
      'many',
      (job: NewJob, db: Database) => enqueueJobs(db, [job, job], NOW, [takeKey(db, anna, key, 'x', NOW)]),
    ],
  ])('is written with %s, or neither is', async (_, enqueue) => {
    await enqueue(newJob(anna), db);
    const before = await db.$count(jobs);
    await expect(enqueue(newJob(anna), db)).rejects.toThrow('UNIQUE');
    expect(await db.$count(jobs)).toBe(before);
  });

  test('is not written where a picture of one job is not there', async () => {
    const gone = newJob(anna, { inputs: [{ role: 'image', uploadId: 'gone' }] });
    const error = await enqueueJobs(db, [newJob(anna), gone], NOW).catch((thrown: unknown) => thrown);
    expect(isMissingReference(error)).toBe(true);
    expect(await db.$count(jobs)).toBe(0);
  });
});
