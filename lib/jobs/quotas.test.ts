import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Quotas } from '#lib/config/limits';
import type { Actor } from '#lib/core/actor';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { idempotencyKeys } from '#lib/db/schema/idempotency';
import { jobs } from '#lib/db/schema/jobs';
import { budgets, ownerStorage } from '#lib/db/schema/limits';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { takeKey } from './idempotency.ts';
import { pruneBudgets, quotaUse, withinQuotas } from './quotas.ts';
import { cancelJob, enqueueJob, enqueueJobs } from './requests.ts';

const DAY_MS = 24 * 60 * 60_000;
const NONE: Quotas = { ownerPendingJobs: 0, ownerJobsADay: 0, ownerBytes: 0, queueJobs: 0 };

let db: Database;
let anna: Actor;
let bert: Actor;

beforeEach(async () => {
  db = await testDatabase();
  [anna, bert] = [await makeUser(db), await makeUser(db)];
});

function newJob({ userId }: Actor) {
  return {
    ownerId: userId,
    pipeline: 'drill',
    model: 'auto',
    params: {},
    priority: 0,
    maxAttempts: 3,
    warnings: [],
    inputs: [],
  };
}

function submit(actor: Actor, quotas: Partial<Quotas>, now = NOW) {
  const made = { ownerId: actor.userId, count: 1 };
  return withinQuotas(db, { ...NONE, ...quotas }, made, now, (guard) =>
    enqueueJob(db, newJob(actor), now, guard),
  );
}

function submitBatch(actor: Actor, count: number, quotas: Partial<Quotas>) {
  const made = { ownerId: actor.userId, count };
  const many = Array.from({ length: count }, () => newJob(actor));
  return withinQuotas(db, { ...NONE, ...quotas }, made, NOW, (guard) => enqueueJobs(db, many, NOW, guard));
}

describe('fifty that submit at once', () => {
  const LIMITS: [string, Partial<Quotas>, string][] = [
    ['an owner’s jobs that wait', { ownerPendingJobs: 20 }, 'quota_exceeded'],
    ['an owner’s jobs of a day', { ownerJobsADay: 20 }, 'quota_exceeded'],
    ['the queue', { queueJobs: 20 }, 'queue_full'],
  ];

  test.each(LIMITS)('get as many places as there are: %s', async (_, quotas, code) => {
    const answers = await Promise.allSettled(Array.from({ length: 50 }, () => submit(anna, quotas)));
    const refused = answers.filter((answer) => answer.status === 'rejected');
    expect(refused.map(({ reason }) => reason)).toEqual(
      refused.map(() => expect.objectContaining({ code, status: 429 })),
    );
    expect([refused.length, await db.$count(jobs)]).toEqual([30, 20]);
  });
});

test('another owner’s jobs take none of one’s own places, but of the queue’s', async () => {
  for (let at = 0; at < 3; at++) await submit(bert, {});
  await submit(anna, { ownerPendingJobs: 1, ownerJobsADay: 1, queueJobs: 4 });
  await expect(submit(anna, { queueJobs: 4 })).rejects.toMatchObject({ code: 'queue_full' });
});

test('a place is free again when a job no longer waits', async () => {
  const { id } = await submit(anna, { ownerPendingJobs: 1, queueJobs: 1 });
  await expect(submit(anna, { ownerPendingJobs: 1 })).rejects.toMatchObject({ retryAfterMs: 30_000 });
  await cancelJob(db, anna, id, NOW);
  await submit(anna, { ownerPendingJobs: 1, queueJobs: 1 });
});

test('of a batch all jobs fit or none is made, and what goes with them neither', async () => {
  await submitBatch(anna, 4, { ownerPendingJobs: 10 });
  await expect(submitBatch(anna, 7, { ownerPendingJobs: 10 })).rejects.toMatchObject({
    code: 'quota_exceeded',
    suggestion: 'Wait until some of them are done, or cancel some.',
  });
  const key = takeKey(db, anna, { key: 'k', fingerprint: 'f' }, newId(), NOW);
  const refused = withinQuotas(
    db,
    { ...NONE, ownerPendingJobs: 1 },
    { ownerId: anna.userId, count: 1 },
    NOW,
    (guard) => enqueueJob(db, newJob(anna), NOW, [key, ...guard]),
  );
  await expect(refused).rejects.toMatchObject({ code: 'quota_exceeded' });
  expect([await db.$count(jobs), await db.$count(idempotencyKeys)]).toEqual([4, 0]);
  await submitBatch(anna, 6, { ownerPendingJobs: 10 });
});

test('a day’s jobs count though they are gone, until the day is over', async () => {
  const quotas = { ownerJobsADay: 2 };
  for (let at = 0; at < 2; at++) await submit(anna, quotas, NOW + at);
  await db.delete(jobs);
  const late = NOW + DAY_MS - 1_500;
  await expect(submit(anna, quotas, late)).rejects.toMatchObject({ retryAfterMs: 1_500 });
  await submit(anna, quotas, NOW + DAY_MS);
  expect(await quotaUse(db, anna.userId, NOW + DAY_MS)).toMatchObject({ jobsToday: 1, pendingJobs: 1 });
});

test('whose files take up all they may makes no more', async () => {
  await db.insert(ownerStorage).values({ ownerId: anna.userId, uploadBytes: 60, outputBytes: 40 });
  await submit(anna, { ownerBytes: 101 });
  await expect(submit(anna, { ownerBytes: 100 })).rejects.toMatchObject({
    code: 'storage_quota_exceeded',
    status: 409,
  });
  await submit(bert, { ownerBytes: 1 });
});

test('far from its limit a long queue is counted once a second, and near it with each job', async () => {
  const quotas = { queueJobs: 10_003 };
  await submit(anna, quotas);
  const { calls } = vi.spyOn(db.$client, 'execute').mock;
  const counts = () => calls.filter((call) => JSON.stringify(call).includes('count(*)')).length;
  await submit(anna, quotas, NOW + 999);
  expect(counts()).toBe(0);
  await enqueueJobs(db, Array<ReturnType<typeof newJob>>(10_000).fill(newJob(bert)), NOW);
  await submit(anna, quotas, NOW + 1_000);
  expect(counts()).toBe(1);
  await expect(submit(anna, quotas, NOW + 1_000)).rejects.toMatchObject({ code: 'queue_full' });
});

test('budgets of times that are over are forgotten', async () => {
  await submit(anna, {});
  await submit(bert, {}, NOW + DAY_MS);
  expect(await pruneBudgets(db, NOW + 1)).toBe(1);
  expect(await db.select({ subject: budgets.subject }).from(budgets)).toEqual([{ subject: bert.userId }]);
});
