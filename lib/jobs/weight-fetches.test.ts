import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { weightFetches } from '#lib/db/schema/weights';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import type { Job } from './resource.ts';
import { isWaitedFor, modelsWaitedFor, recordFetch, wakeWaitingFor } from './weight-fetches.ts';
import { registerHeartbeat, removeWorker } from './workers.ts';

let db: Database;
let actor: Actor;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
});

/** A job that was found to lack these models. */
function lackingJob(models: string[], columns: Partial<Job> = {}): Promise<Job> {
  const error = {
    code: 'weights_missing',
    message: '-',
    stage: null,
    retryable: true,
    suggestions: [],
    models,
  };
  return makeJob(db, actor, { runAt: NOW + 20_000, error, ...columns });
}

test('weights that have come wake the jobs that wait for them, and no others', async () => {
  const waiting = await lackingJob(['other', 'net']);
  const held = await lackingJob(['net'], { held: true });
  const stranger = await lackingJob(['other']);
  const failing = await makeJob(db, actor, { runAt: NOW + 20_000 });
  await lackingJob(['net'], { status: 'cancelled' });
  await wakeWaitingFor(db, 'net', NOW + 5);
  const rows = new Map((await db.select().from(jobs)).map((job) => [job.id, job]));
  const after = ({ id }: Job) => [rows.get(id)!.scheduled, rows.get(id)!.held, rows.get(id)!.runAt - NOW];
  expect([waiting, held, stranger, failing].map(after)).toEqual([
    [false, false, 5],
    [false, true, 5],
    [true, false, 20_000],
    [true, false, 20_000],
  ]);
});

test('what is waited for is known, the models of paused jobs apart', async () => {
  await lackingJob(['a', 'b']);
  await lackingJob(['b']);
  await lackingJob(['c'], { held: true });
  await lackingJob(['d'], { status: 'cancelled' });
  await makeJob(db, actor);
  expect((await modelsWaitedFor(db)).sort()).toEqual(['a', 'b']);
  expect(await Promise.all(['a', 'c', 'd'].map((model) => isWaitedFor(db, model)))).toEqual([
    true,
    true,
    false,
  ]);
});

test('what a worker says of its fetching goes with it', async () => {
  const worker = { id: 'w', host: 'h', pid: 1, version: '0', devices: [], capacity: 1, nudgePort: null };
  await registerHeartbeat(db, worker, NOW);
  const fetch = { workerId: 'w', model: 'net', title: 'Net', totalBytes: 10, error: null, retryAt: null };
  for (const receivedBytes of [1, 2]) await recordFetch(db, { ...fetch, receivedBytes, updatedAt: NOW });
  await registerHeartbeat(db, worker, NOW + 5_000);
  expect(await db.select().from(weightFetches)).toMatchObject([{ model: 'net', receivedBytes: 2 }]);
  await removeWorker(db, 'w');
  expect(await db.$count(weightFetches)).toBe(0);
});
