import { beforeEach, describe, expect, test } from 'vitest';
import { eq } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import type { JobError, JobMetrics } from '#lib/db/schema/job-values';
import { JOB_STATUSES, jobs } from '#lib/db/schema/jobs';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import type { Lease } from './lease.ts';
import { getJobResource } from './job-resources.ts';
import type { Job, JobStatus } from './resource.ts';
import { cancelJob, deleteJob, retryJob } from './requests.ts';
import {
  claimJobs,
  completeJob,
  completeJobs,
  failJob,
  finishCancel,
  postponeJob,
  recordCrash,
  releaseJob,
  rescueJob,
  retryJobLater,
} from './transitions.ts';

const METRICS: JobMetrics = { stageMs: { depth: 5 }, totalMs: 5, peakMemoryBytes: null, device: 'cpu' };
const ERROR: JobError = {
  code: 'internal',
  message: 'No.',
  stage: 'depth',
  retryable: true,
  suggestions: [],
};
const OUTPUT = {
  name: 'composite.png',
  position: 0,
  role: 'result',
  contentType: 'image/png',
  sizeBytes: 3,
  sha256: 'abc',
  width: 1,
  height: 1,
  fileKey: 'jobs/x/1/compose/composite.png',
};

let db: Database;
let actor: Actor;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
});

const leaseOf = (job: Job): Lease => ({ jobId: job.id, workerId: 'worker', fence: job.fence });

async function statusOf(job: Job): Promise<JobStatus | 'gone'> {
  const [row] = await db.select({ status: jobs.status }).from(jobs).where(eq(jobs.id, job.id));
  return row?.status ?? 'gone';
}

/** A verb, and the state it leads to from each state; a state that is not named is left as it is. */
interface Verb {
  name: string;
  apply(job: Job): Promise<unknown>;
  leads: Partial<Record<JobStatus, JobStatus | 'gone'>>;
}

const VERBS: Verb[] = [
  {
    name: 'claim',
    apply: () => claimJobs(db, { workerId: 'other', limit: 5, leaseMs: 1000 }, NOW),
    leads: { pending: 'processing' },
  },
  {
    name: 'claim with a model loaded',
    apply: ({ pipeline, model }) =>
      claimJobs(db, { workerId: 'other', limit: 5, leaseMs: 1000, warm: { pipeline, model } }, NOW),
    leads: { pending: 'processing' },
  },
  {
    name: 'complete',
    apply: (job) => completeJob(db, leaseOf(job), { outputs: [OUTPUT], metrics: METRICS, warnings: [] }, NOW),
    leads: { processing: 'completed' },
  },
  {
    name: 'complete several',
    apply: (job) =>
      completeJobs(db, [{ lease: leaseOf(job), outputs: [OUTPUT], metrics: METRICS, warnings: [] }], NOW),
    leads: { processing: 'completed' },
  },
  { name: 'fail', apply: (job) => failJob(db, leaseOf(job), ERROR, NOW), leads: { processing: 'failed' } },
  {
    name: 'retry later',
    apply: (job) => retryJobLater(db, leaseOf(job), { error: ERROR, runAt: NOW + 5 }, NOW),
    leads: { processing: 'pending' },
  },
  { name: 'release', apply: (job) => releaseJob(db, leaseOf(job), NOW), leads: { processing: 'pending' } },
  {
    name: 'postpone',
    apply: (job) => postponeJob(db, leaseOf(job), { error: ERROR, runAt: NOW + 5 }, NOW),
    leads: { processing: 'pending' },
  },
  {
    name: 'record a crash',
    apply: (job) => recordCrash(db, leaseOf(job), { error: ERROR, retryAt: NOW + 5 }, NOW),
    leads: { processing: 'pending' },
  },
  {
    name: 'record the last crash',
    apply: (job) => recordCrash(db, leaseOf(job), { error: ERROR, retryAt: null }, NOW),
    leads: { processing: 'failed' },
  },
  { name: 'rescue', apply: (job) => rescueJob(db, job, ERROR, NOW), leads: { processing: 'pending' } },
  {
    name: 'finish a cancel',
    apply: (job) => finishCancel(db, leaseOf(job), NOW),
    leads: { processing: 'cancelled' },
  },
  { name: 'cancel', apply: (job) => cancelJob(db, actor, job.id, NOW), leads: { pending: 'cancelled' } },
  {
    name: 'retry',
    apply: (job) => retryJob(db, actor, job.id, NOW),
    leads: { failed: 'pending', cancelled: 'pending' },
  },
  {
    name: 'delete',
    apply: (job) => deleteJob(db, actor, job.id),
    leads: { completed: 'gone', failed: 'gone', cancelled: 'gone' },
  },
];

describe.each(VERBS)('$name', ({ apply, leads }) => {
  test.each(JOB_STATUSES)('from %s', async (status) => {
    const job = await makeJob(db, actor, { status });
    const refusal = await apply(job).then(
      () => null,
      (error: unknown) => error,
    );
    expect(refusal === null || refusal instanceof AppError).toBe(true);
    expect(await statusOf(job)).toBe(leads[status] ?? status);
  });
});

describe('a lost lease', () => {
  const STALE: [string, (lease: Lease) => Lease][] = [
    ['an older fence', (lease) => ({ ...lease, fence: lease.fence - 1 })],
    ['another worker', (lease) => ({ ...lease, workerId: 'stranger' })],
  ];
  test.each(STALE)('with %s moves nothing', async (_, spoil) => {
    const job = await makeJob(db, actor, { status: 'processing' });
    const lease = spoil(leaseOf(job));
    const moved = [
      await completeJob(db, lease, { outputs: [OUTPUT], metrics: METRICS, warnings: [] }, NOW),
      await failJob(db, lease, ERROR, NOW),
      await retryJobLater(db, lease, { error: ERROR, runAt: NOW }, NOW),
      await releaseJob(db, lease, NOW),
      await postponeJob(db, lease, { error: ERROR, runAt: NOW }, NOW),
      await recordCrash(db, lease, { error: ERROR, retryAt: null }, NOW),
      await finishCancel(db, lease, NOW),
    ];
    expect(moved).toEqual([null, false, false, false, false, false, false]);
    const { status, outputs } = await getJobResource(db, actor, job.id, NOW);
    expect({ status, outputs }).toEqual({ status: 'processing', outputs: [] });
  });

  test('a rescue leaves a job whose lease was renewed since', async () => {
    const job = await makeJob(db, actor, { status: 'processing' });
    await db.update(jobs).set({ leaseExpiresAt: NOW + 60_000 });
    expect(await rescueJob(db, job, ERROR, NOW)).toBe(false);
  });
});

describe('a claim', () => {
  test('takes the highest priority first, then the oldest, and leaves what is not due', async () => {
    const old = await makeJob(db, actor);
    const young = await makeJob(db, actor);
    const urgent = await makeJob(db, actor, { priority: 5 });
    const later = await makeJob(db, actor, { priority: 9, runAt: NOW + 1 });
    const order = [];
    for (let turn = 0; turn < 4; turn++) {
      order.push(...(await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: 1000 }, NOW)));
    }
    expect(order.map(({ id }) => id)).toEqual([urgent.id, old.id, young.id]);
    expect(await statusOf(later)).toBe('pending');
  });

  test('counts the attempt, raises the fence and sets the lease', async () => {
    await makeJob(db, actor, { attempt: 1, fence: 7 });
    const [job] = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: 1000 }, NOW);
    expect(job).toMatchObject({ attempt: 2, fence: 8, workerId: 'worker', leaseExpiresAt: NOW + 1000 });
  });

  test('by many workers at once gives each job to one', async () => {
    const made = await Promise.all(Array.from({ length: 30 }, () => makeJob(db, actor)));
    const claims = await Promise.all(
      Array.from({ length: 10 }, (_, n) =>
        claimJobs(db, { workerId: `w${n}`, limit: 4, leaseMs: 1000 }, NOW),
      ),
    );
    const ids = claims.flat().map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.sort()).toEqual(made.map(({ id }) => id).sort());
  });
});

describe('a cancel of a running job', () => {
  test('waits for the worker, and wins over every other end', async () => {
    const ends: ((lease: Lease) => Promise<unknown>)[] = [
      (lease) => completeJob(db, lease, { outputs: [OUTPUT], metrics: METRICS, warnings: [] }, NOW),
      (lease) => failJob(db, lease, ERROR, NOW),
      (lease) => retryJobLater(db, lease, { error: ERROR, runAt: NOW }, NOW),
      (lease) => releaseJob(db, lease, NOW),
      (lease) => postponeJob(db, lease, { error: ERROR, runAt: NOW }, NOW),
      (lease) => recordCrash(db, lease, { error: ERROR, retryAt: NOW }, NOW),
    ];
    for (const end of ends) {
      const job = await makeJob(db, actor, { status: 'processing' });
      expect((await cancelJob(db, actor, job.id, NOW)).status).toBe('processing');
      await end(leaseOf(job));
      const { status, outputs } = await getJobResource(db, actor, job.id, NOW);
      expect({ status, outputs }).toEqual({ status: 'cancelled', outputs: [] });
    }
  });

  test('is what a completion then reports', async () => {
    const job = await makeJob(db, actor, { status: 'processing' });
    await cancelJob(db, actor, job.id, NOW);
    const status = await completeJob(
      db,
      leaseOf(job),
      { outputs: [OUTPUT], metrics: METRICS, warnings: [] },
      NOW,
    );
    expect(status).toBe('cancelled');
  });

  test('asked for twice is the same as once', async () => {
    const job = await makeJob(db, actor);
    await cancelJob(db, actor, job.id, NOW);
    expect((await cancelJob(db, actor, job.id, NOW + 5)).completedAt).toBe(NOW);
  });
});

test('a rescue does not count as an attempt, but the tenth ends the job', async () => {
  const healthy = await makeJob(db, actor, { status: 'processing', attempt: 3, maxAttempts: 3, rescues: 8 });
  await rescueJob(db, healthy, ERROR, NOW);
  expect(await getJobResource(db, actor, healthy.id, NOW)).toMatchObject({ status: 'pending', attempt: 2 });
  const job = await makeJob(db, actor, { status: 'processing', rescues: 9 });
  await rescueJob(db, job, ERROR, NOW);
  expect(await getJobResource(db, actor, job.id, NOW)).toMatchObject({ status: 'failed', error: ERROR });
});

test('a release and a postponement do not count as an attempt', async () => {
  const job = await makeJob(db, actor, { status: 'processing', attempt: 2 });
  await releaseJob(db, leaseOf(job), NOW);
  expect((await getJobResource(db, actor, job.id, NOW)).attempt).toBe(1);
  const blocked = await makeJob(db, actor, { status: 'processing', attempt: 2 });
  await postponeJob(db, leaseOf(blocked), { error: ERROR, runAt: NOW + 5 }, NOW);
  expect(await getJobResource(db, actor, blocked.id, NOW)).toMatchObject({ attempt: 1, error: ERROR });
});

test('a crash counts as an attempt, and as a crash', async () => {
  const job = await makeJob(db, actor, { status: 'processing', attempt: 2, crashes: 1 });
  await recordCrash(db, leaseOf(job), { error: ERROR, retryAt: NOW + 5 }, NOW);
  const [row] = await db.select().from(jobs);
  expect(row).toMatchObject({ attempt: 2, crashes: 2, runAt: NOW + 5, scheduled: true, error: ERROR });
});

test('a retry by a person starts a new count', async () => {
  const job = await makeJob(db, actor, { status: 'failed', attempt: 3, rescues: 9, crashes: 3 });
  const again = await retryJob(db, actor, job.id, NOW + 9);
  const afresh = { attempt: 0, rescues: 0, crashes: 0, error: null, completedAt: null };
  expect(again).toMatchObject({ ...afresh, runAt: NOW + 9 });
});

test("another person's job is not there for any verb", async () => {
  const stranger = await makeUser(db);
  const job = await makeJob(db, actor, { status: 'failed' });
  for (const verb of [cancelJob, retryJob]) {
    await expect(verb(db, stranger, job.id, NOW)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(deleteJob(db, stranger, job.id)).rejects.toMatchObject({ code: 'not_found' });
  await expect(getJobResource(db, stranger, job.id, NOW)).rejects.toMatchObject({ code: 'not_found' });
});
