import { drizzle } from 'drizzle-orm/libsql';
import { sql } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { DatabaseUnreachable } from '#lib/db/failures';
import { jobs } from '#lib/db/schema/jobs';
import { getJobResource } from '#lib/jobs/job-resources';
import type { Job } from '#lib/jobs/resource';
import { claimJobs } from '#lib/jobs/transitions';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { LEASE_MS, workerContext } from '#tests/worker-context';
import type { RunResult } from './stages.ts';
import { settle } from './settle.ts';

const OUTPUT = {
  name: 'result.png',
  position: 0,
  role: 'result',
  contentType: 'image/png',
  sizeBytes: 3,
  sha256: 'abc',
  width: 1,
  height: 1,
  fileKey: 'jobs/x/1/compose/result.png',
};
const RESULT: RunResult = {
  outputs: [OUTPUT],
  metrics: { stageMs: {}, totalMs: 5, peakMemoryBytes: null, device: 'cpu' },
  warnings: [],
};
const COMPLETED = { kind: 'completed', result: RESULT } as const;

let db: Database;
let actor: Actor;
let job: Job;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  await makeJob(db, actor);
  [job] = (await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: LEASE_MS }, NOW)) as [Job];
});

/** The database as a worker sees it that cannot reach it: `absence` is asked each time something is written in a batch. */
function farAway(absence: (write: () => Promise<unknown>) => Promise<unknown>): Database {
  const client = new Proxy(db.$client, {
    get: (target, property) =>
      property === 'batch'
        ? (...args: Parameters<typeof target.batch>) => absence(() => target.batch(...args))
        : Reflect.get(target, property),
  });
  return drizzle(client) as Database;
}

const away = () => Promise.reject(new DatabaseUnreachable('away'));

function settleThrough(far: Database) {
  const lease = { jobId: job.id, workerId: 'worker', fence: job.fence };
  return settle(workerContext({ db: far }), { job, lease }, COMPLETED);
}

async function ended() {
  const { status, outputs } = await getJobResource(db, actor, job.id, NOW);
  return { status, outputs: outputs.map(({ name }) => name) };
}

test('an end that cannot be written at once is written when the database is back', async () => {
  let absences = 2;
  const written = await settleThrough(farAway((write) => (absences-- > 0 ? away() : write())));
  expect(written).toBe('completed');
  expect(await ended()).toEqual({ status: 'completed', outputs: ['result.png'] });
});

test('an end that was written without an answer is known by it', async () => {
  let tries = 0;
  const far = farAway(async (write) => {
    const answer = await write();
    return tries++ === 0 ? away() : answer;
  });
  expect(await settleThrough(far)).toBe('completed');
  expect(await ended()).toEqual({ status: 'completed', outputs: ['result.png'] });
});

test('a lease that is lost while the database is away ends nothing', async () => {
  let tries = 0;
  const far = farAway(async (write) => {
    if (tries++ > 0) return write();
    await db.update(jobs).set({ fence: sql`fence + 1`, workerId: 'successor' });
    return away();
  });
  expect(await settleThrough(far)).toBe('lost');
  expect(await ended()).toEqual({ status: 'processing', outputs: [] });
});

test('a database that is away for longer than a lease is not waited for', async () => {
  await expect(settleThrough(farAway(away))).rejects.toBeInstanceOf(DatabaseUnreachable);
  expect(await ended()).toEqual({ status: 'processing', outputs: [] });
});

test('an error of our own is not tried again', async () => {
  let tries = 0;
  const far = farAway(() => {
    tries++;
    return Promise.reject(new TypeError('a mistake'));
  });
  await expect(settleThrough(far)).rejects.toThrow('a mistake');
  expect(tries).toBe(1);
});
