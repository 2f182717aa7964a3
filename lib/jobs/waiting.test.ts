import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import type { Job } from './resource.ts';
import { describeWaits } from './waiting.ts';
import { registerHeartbeat, removeWorker, WORKER_SILENT_MS } from './workers.ts';

const WORKER = {
  id: 'w',
  host: 'h',
  pid: 1,
  version: '0',
  devices: [{ provider: 'cpu', note: null }],
  capacity: 1,
  nudgePort: null,
};

let db: Database;
let actor: Actor;

async function waitOf(job: Job, now: number) {
  const [wait] = await describeWaits(db, [job], now);
  return wait!;
}

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  await registerHeartbeat(db, WORKER, NOW);
});

test('counts the jobs that go first: higher priority, then older, whoever they belong to', async () => {
  const other = await makeUser(db);
  const first = await makeJob(db, other);
  const second = await makeJob(db, actor);
  const urgent = await makeJob(db, other, { priority: 1 });
  await makeJob(db, actor, { status: 'completed' });
  const waits = await describeWaits(db, [urgent, first, second], NOW);
  expect(waits).toEqual([
    { queuePosition: 1, waitingReason: 'Next in line' },
    { queuePosition: 2, waitingReason: 'Behind 1 job' },
    { queuePosition: 3, waitingReason: 'Behind 2 jobs' },
  ]);
});

test('a job between attempts says when it goes on', async () => {
  const job = await makeJob(db, actor, { attempt: 1, runAt: NOW + 61_000 });
  expect((await waitOf(job, NOW)).waitingReason).toBe('Trying again at 00:01:01 UTC');
});

test('without a worker, that is the reason', async () => {
  const job = await makeJob(db, actor);
  const silent = NOW + WORKER_SILENT_MS + 1;
  expect((await waitOf(job, silent)).waitingReason).toBe('No worker is running');
  await removeWorker(db, WORKER.id);
  expect((await waitOf(job, NOW)).waitingReason).toBe('No worker is running');
});

test('a job that runs does not wait', async () => {
  const job = await makeJob(db, actor, { status: 'processing' });
  expect(await waitOf(job, NOW)).toEqual({ queuePosition: null, waitingReason: null });
});
