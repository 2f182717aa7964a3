import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import { createLogger } from '#lib/core/logger';
import type { Database } from '#lib/db/client';
import { getJobResource } from '#lib/jobs/queries';
import { registerHeartbeat } from '#lib/jobs/workers';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import type { WorkerContext } from '../context.ts';
import { rescueAbandoned } from './rescue.ts';

let db: Database;
let actor: Actor;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
});

/** The parts of a worker that a rescue needs. */
function contextAt(now: number): WorkerContext {
  const parts: Partial<WorkerContext> = {
    workerId: 'rescuer',
    db,
    clock: () => now,
    log: createLogger('test', 'silent'),
  };
  return parts as WorkerContext;
}

async function workerWithPid(id: string, pid: number): Promise<void> {
  await registerHeartbeat(
    db,
    { id, host: hostname(), pid, version: '0', devices: [], capacity: 1, nudgePort: null },
    NOW,
  );
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  return child.pid!;
}

test('a lease that ran out goes back to the queue, its attempt not counted, after a wait', async () => {
  const job = await makeJob(db, actor, { status: 'processing', leaseExpiresAt: NOW + 100 });
  await rescueAbandoned(contextAt(NOW + 99));
  expect((await getJobResource(db, actor, job.id, NOW)).status).toBe('processing');
  await rescueAbandoned(contextAt(NOW + 100));
  expect(await getJobResource(db, actor, job.id, NOW + 100)).toMatchObject({
    status: 'pending',
    attempt: 0,
    error: { code: 'runner_lost' },
  });
});

test('a dead process on this machine loses its jobs at once, a live one keeps them', async () => {
  await workerWithPid('dead', await deadPid());
  await workerWithPid('alive', process.ppid);
  const lost = await makeJob(db, actor, { status: 'processing', workerId: 'dead' });
  const kept = await makeJob(db, actor, { status: 'processing', workerId: 'alive' });
  await rescueAbandoned(contextAt(NOW));
  const statuses = await Promise.all([lost, kept].map((job) => getJobResource(db, actor, job.id, NOW)));
  expect(statuses.map(({ status }) => status)).toEqual(['pending', 'processing']);
});

test('a job that kills every worker fails, and says so', async () => {
  const job = await makeJob(db, actor, { status: 'processing', rescues: 9, leaseExpiresAt: NOW });
  await rescueAbandoned(contextAt(NOW));
  const { status, error } = await getJobResource(db, actor, job.id, NOW);
  expect({ status, code: error?.code }).toEqual({ status: 'failed', code: 'runner_lost' });
});
