import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { startEveryQueue, stopEveryQueue } from './queue-control.ts';
import { cancelJob, enqueueJob, retryJob } from './requests.ts';
import type { Job } from './resource.ts';
import { claimJobs } from './transitions.ts';

let db: Database;
let heavy: Actor;
let light: Actor;

beforeEach(async () => {
  db = await testDatabase();
  heavy = await makeUser(db);
  light = await makeUser(db);
});

function enqueue(owner: Actor, model: string, priority = 0): Promise<Job> {
  const plain = { pipeline: 'p', params: {}, maxAttempts: 3, warnings: [], inputs: [] };
  return enqueueJob(db, { ...plain, ownerId: owner.userId, model, priority }, NOW);
}

/** Jobs of these models, one letter each, in this order. */
async function enqueueEach(owner: Actor, models: string): Promise<Job[]> {
  const made: Job[] = [];
  for (const model of models) made.push(await enqueue(owner, model));
  return made;
}

/** The next job, for a worker that has this model loaded. */
async function claim(warm: string | null): Promise<Job | undefined> {
  const loaded = warm === null ? null : { pipeline: 'p', model: warm };
  const [job] = await claimJobs(db, { workerId: 'w', limit: 1, leaseMs: 1000, warm: loaded }, NOW);
  return job;
}

/** The models of the next jobs, for a worker that has one loaded throughout. */
async function modelsClaimed(warm: string, count: number): Promise<string> {
  let models = '';
  for (let turn = 0; turn < count; turn++) models += (await claim(warm))!.model;
  return models;
}

test('of one turn, the job whose model is loaded goes first', async () => {
  await enqueue(heavy, 'a');
  const warm = await enqueue(light, 'b');
  expect((await claim('b'))!.id).toBe(warm.id);
});

test('a worker that has nothing loaded, or something else, goes by the line', async () => {
  await enqueueEach(heavy, 'ab');
  expect((await claim(null))!.model).toBe('a');
  await enqueueEach(heavy, 'ab');
  expect((await claim('c'))!.model).toBe('b');
});

test('a priority goes before a loaded model', async () => {
  const urgent = await enqueue(heavy, 'a', 1);
  await enqueueEach(heavy, 'b');
  expect((await claim('b'))!.id).toBe(urgent.id);
});

test('a job is passed by no more than the four that were enqueued right after it', async () => {
  await enqueueEach(heavy, 'abbbbbbbb');
  expect(await modelsClaimed('b', 9)).toBe('bbbbabbbb');
});

test('others that come meanwhile do not make it more', async () => {
  await enqueueEach(heavy, 'abb');
  expect(await modelsClaimed('b', 2)).toBe('bb');
  await enqueueEach(heavy, 'bbbbbb');
  expect(await modelsClaimed('b', 4)).toBe('bbab');
});

test('those that pass keep their own order, and so do those that are passed', async () => {
  const made = await enqueueEach(heavy, 'aabbb');
  const claimed = [];
  for (let turn = 0; turn < 5; turn++) claimed.push((await claim('b'))!.id);
  const order = claimed.map((id) => made.findIndex((job) => job.id === id));
  expect(order.filter((at) => at >= 2)).toEqual([2, 3, 4]);
});

test('nobody passes the job of another owner', async () => {
  const [first] = await enqueueEach(heavy, 'a');
  await enqueueEach(light, 'ab');
  expect((await claim('b'))!.id).toBe(first!.id);
});

test('a job is not put off by many turns for one that passes it', async () => {
  const [cold, mate] = await enqueueEach(heavy, 'abcccccccc');
  await cancelJob(db, heavy, mate!.id, NOW);
  await retryJob(db, heavy, mate!.id, NOW);
  expect((await claim('b'))!.id).toBe(cold!.id);
});

test('two models by turns are loaded a fraction as often, and no job is put off for long', async () => {
  const made = await enqueueEach(heavy, 'ab'.repeat(20));
  let loaded: string | null = null;
  let loads = 0;
  const places = new Map<string, number>();
  for (let place = 0; place < made.length; place++) {
    const job: Job = (await claim(loaded))!;
    if (job.model !== loaded) loads++;
    loaded = job.model;
    places.set(job.id, place);
  }
  expect(places.size).toBe(made.length);
  expect(loads).toBeLessThanOrEqual(made.length / 3);
  for (const [at, { id }] of made.entries()) expect(Math.abs(places.get(id)! - at)).toBeLessThanOrEqual(16);
});

test('a light owner behind a heavy one with a loaded model is served within as many claims as there are owners', async () => {
  await enqueueEach(heavy, 'ab'.repeat(30));
  for (let turn = 0; turn < 20; turn++) {
    await claim('b');
    const single = await enqueue(light, 'c');
    expect([(await claim('b'))!.id, (await claim('b'))!.id]).toContain(single.id);
  }
});

test.each([
  ['waits for a moment', { scheduled: true, runAt: NOW + 50 }],
  ['is held', { held: true }],
])('one that %s passes nobody', async (_, columns) => {
  const [cold, mate] = await enqueueEach(heavy, 'ab');
  await db.update(jobs).set(columns).where(eq(jobs.id, mate!.id));
  expect(await claim('b')).toMatchObject({ id: cold!.id, vt: cold!.vt });
});

test('while everything is paused, nobody passes and nothing is claimed', async () => {
  const [cold] = await enqueueEach(heavy, 'ab');
  await stopEveryQueue(db, NOW);
  expect(await claim('b')).toBeUndefined();
  await startEveryQueue(db);
  expect(await claim(null)).toMatchObject({ id: cold!.id });
});

test('several are taken at once in the same order', async () => {
  await enqueueEach(heavy, 'ab');
  await enqueueEach(light, 'ab');
  const loaded = { pipeline: 'p', model: 'b' };
  const claimed = await claimJobs(db, { workerId: 'w', limit: 2, leaseMs: 1000, warm: loaded }, NOW);
  expect(new Set(claimed.map(({ ownerId }) => ownerId))).toEqual(new Set([heavy.userId, light.userId]));
  expect(claimed.map(({ model }) => model)).toContain('b');
});
