import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { renewLease } from './lease.ts';
import { getJobResource } from './job-resources.ts';
import { startEveryQueue, startQueue, stopEveryQueue, stopQueue } from './queue-control.ts';
import { cancelJob, enqueueJob, retryJob } from './requests.ts';
import type { Job } from './resource.ts';
import { claimJobs, releaseJob, retryJobLater } from './transitions.ts';

const ERROR = { code: 'internal', message: 'No.', stage: null, retryable: true, suggestions: [] };

let db: Database;
let heavy: Actor;
let light: Actor;

beforeEach(async () => {
  db = await testDatabase();
  heavy = await makeUser(db);
  light = await makeUser(db);
});

function enqueue(owner: Actor, priority = 0): Promise<Job> {
  const plain = { pipeline: 'p', model: 'auto', params: {}, maxAttempts: 3, warnings: [], inputs: [] };
  return enqueueJob(db, { ...plain, ownerId: owner.userId, priority }, NOW);
}

async function enqueueMany(owner: Actor, count: number): Promise<Job[]> {
  const jobs: Job[] = [];
  for (let made = 0; made < count; made++) jobs.push(await enqueue(owner));
  return jobs;
}

const claim = (limit = 1) => claimJobs(db, { workerId: 'worker', limit, leaseMs: 1000 }, NOW);
const leaseOf = ({ id, fence }: Job) => ({ jobId: id, workerId: 'worker', fence });

describe('turns', () => {
  test('a single job behind a hundred of another owner is served next', async () => {
    await enqueueMany(heavy, 100);
    await claim(7);
    const single = await enqueue(light);
    const [first, second] = [await claim(), await claim()];
    expect([first[0]!.id, second[0]!.id]).toContain(single.id);
  });

  test('owners with many jobs each go in turn', async () => {
    await enqueueMany(heavy, 4);
    await enqueueMany(light, 4);
    const owners = [];
    for (let turn = 0; turn < 8; turn++) owners.push((await claim())[0]!.ownerId);
    for (let turn = 0; turn < 8; turn += 2) {
      expect(new Set(owners.slice(turn, turn + 2))).toEqual(new Set([heavy.userId, light.userId]));
    }
  });

  test('an owner who was away does not save turns up', async () => {
    await enqueue(light);
    await claim();
    await enqueueMany(heavy, 20);
    await claim(20);
    await enqueueMany(light, 5);
    await enqueueMany(heavy, 5);
    const owners = (await claim(4)).map(({ ownerId }) => ownerId);
    expect(owners.filter((owner) => owner === light.userId)).toHaveLength(2);
  });

  test('an urgent job of one owner costs the others nothing', async () => {
    await enqueueMany(heavy, 100);
    const urgent = await enqueue(heavy, 5);
    expect((await claim())[0]!.id).toBe(urgent.id);
    const single = await enqueue(light);
    expect((await claim(2)).map(({ id }) => id)).toContain(single.id);
  });

  test('cancelled jobs and refused retries use up no turns', async () => {
    await enqueueMany(heavy, 50);
    for (const { id } of await enqueueMany(light, 50)) await cancelJob(db, light, id, NOW);
    const waiting = await enqueue(light);
    for (let tries = 0; tries < 50; tries++) {
      await expect(retryJob(db, light, waiting.id, NOW)).rejects.toMatchObject({ code: 'conflict' });
    }
    expect((await claim(2)).map(({ id }) => id)).toContain(waiting.id);
  });

  test('a queue that was stopped for long is not owed the turns it missed', async () => {
    await enqueueMany(heavy, 20);
    await stopQueue(db, heavy, NOW);
    await enqueueMany(light, 20);
    await claim(15);
    await startQueue(db, heavy);
    const owners = (await claim(6)).map(({ ownerId }) => ownerId);
    expect(owners.filter((owner) => owner === light.userId)).toHaveLength(3);
  });

  test('a higher priority goes before any turn', async () => {
    await enqueueMany(heavy, 3);
    const urgent = await enqueue(heavy, 5);
    expect((await claim())[0]!.id).toBe(urgent.id);
  });

  test('a job that waited between attempts comes back in its old turn', async () => {
    const [job] = await enqueueMany(heavy, 2);
    const [running] = await claim();
    await retryJobLater(db, leaseOf(running!), { error: ERROR, runAt: NOW + 50 }, NOW);
    const early = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: 1000 }, NOW + 49);
    expect(early[0]!.id).not.toBe(job!.id);
    const due = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: 1000 }, NOW + 50);
    expect(due[0]!.id).toBe(job!.id);
  });
});

describe('a stopped queue', () => {
  test('holds what waits and what comes, and leaves others alone', async () => {
    await enqueue(heavy);
    await stopQueue(db, heavy, NOW);
    await enqueue(heavy);
    const other = await enqueue(light);
    expect((await claim(5)).map(({ id }) => id)).toEqual([other.id]);
    await startQueue(db, heavy);
    expect(await claim(5)).toHaveLength(2);
  });

  test('takes its running job back, unharmed, at the next heartbeat', async () => {
    await enqueue(heavy);
    const [job] = await claim();
    expect(await renewLease(db, leaseOf(job!), NOW + 1000)).toBe('held');
    await stopQueue(db, heavy, NOW);
    expect(await renewLease(db, leaseOf(job!), NOW + 1000)).toBe('paused');
    await releaseJob(db, leaseOf(job!), NOW);
    expect(await claim()).toEqual([]);
    const { status, attempt, waiting_reason } = await getJobResource(db, heavy, job!.id, NOW);
    expect({ status, attempt, waiting_reason }).toEqual({
      status: 'pending',
      attempt: 0,
      waiting_reason: 'Your queue is paused',
    });
  });

  test('also holds what is put back into it', async () => {
    const job = await enqueue(heavy);
    await cancelJob(db, heavy, job.id, NOW);
    await stopQueue(db, heavy, NOW);
    await retryJob(db, heavy, job.id, NOW);
    expect(await claim()).toEqual([]);
  });
});

test('an administrator stops and starts everything; queues their owners stopped stay so', async () => {
  const job = await enqueue(heavy);
  await enqueue(light);
  const [running] = await claim();
  await stopQueue(db, light, NOW);
  await stopEveryQueue(db, NOW);
  expect(await claim(5)).toEqual([]);
  expect(await renewLease(db, leaseOf(running!), NOW + 1000)).toBe('paused');
  await releaseJob(db, leaseOf(running!), NOW);
  expect((await getJobResource(db, heavy, job.id, NOW)).waiting_reason).toBe(
    'The operator has paused all queues',
  );
  await startEveryQueue(db);
  expect((await claim(5)).map(({ ownerId }) => ownerId)).toEqual([heavy.userId]);
});
