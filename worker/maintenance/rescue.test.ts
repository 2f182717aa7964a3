import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { hostname } from 'node:os';
import { beforeEach, expect, test } from 'vitest';
import type { Settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { createLogger } from '#lib/core/logger';
import { thisMachine } from '#lib/core/this-machine';
import type { Database } from '#lib/db/client';
import { renewLease } from '#lib/jobs/lease';
import { getJobResource } from '#lib/jobs/job-resources';
import { registerHeartbeat } from '#lib/jobs/workers';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import type { WorkerContext } from '../context.ts';
import { LeaseWatch } from './lease-watch.ts';
import { rescueAbandoned } from './rescue.ts';

const LEASE_MS = 100;
let db: Database;
let actor: Actor;
let leases: LeaseWatch;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  leases = new LeaseWatch();
});

/** What a worker does about it that has run for so many milliseconds. */
async function rescueAt(at: number): Promise<void> {
  const parts: Partial<WorkerContext> = {
    workerId: 'rescuer',
    db,
    settings: { leaseMs: LEASE_MS } as Settings,
    clock: () => NOW,
    log: createLogger('test', 'silent'),
  };
  await rescueAbandoned(parts as WorkerContext, leases, () => at);
}

async function workerWithPid(id: string, pid: number, host = thisMachine()): Promise<void> {
  await registerHeartbeat(
    db,
    { id, host, pid, version: '0', devices: [], capacity: 1, nudgePort: null },
    NOW,
  );
}

async function deadPid(): Promise<number> {
  const child = spawn(process.execPath, ['--eval', '']);
  await once(child, 'exit');
  return child.pid!;
}

test('a job whose lease ran out goes back to the queue, its attempt not counted, after a wait', async () => {
  const job = await makeJob(db, actor, { status: 'processing' });
  await rescueAt(0);
  await rescueAt(LEASE_MS - 1);
  expect((await getJobResource(db, actor, job.id, NOW)).status).toBe('processing');
  await rescueAt(LEASE_MS);
  expect(await getJobResource(db, actor, job.id, NOW)).toMatchObject({
    status: 'pending',
    attempt: 0,
    error: { code: 'runner_lost' },
  });
});

test("a job whose holder renews its lease is left alone, whatever its holder's clock says", async () => {
  const job = await makeJob(db, actor, { status: 'processing', leaseExpiresAt: NOW - 3_600_000 });
  const lease = { jobId: job.id, workerId: job.workerId!, fence: job.fence };
  for (let renewals = 1; renewals <= 5; renewals++) {
    await rescueAt(renewals * LEASE_MS);
    expect(await renewLease(db, lease, NOW - 3_600_000 + renewals * LEASE_MS)).toBe('held');
  }
});

test('a dead process on this machine loses its jobs at once, a live one keeps them', async () => {
  await workerWithPid('dead', await deadPid());
  await workerWithPid('alive', process.ppid);
  const lost = await makeJob(db, actor, { status: 'processing', workerId: 'dead' });
  const kept = await makeJob(db, actor, { status: 'processing', workerId: 'alive' });
  await rescueAt(0);
  const statuses = await Promise.all([lost, kept].map((job) => getJobResource(db, actor, job.id, NOW)));
  expect(statuses.map(({ status }) => status)).toEqual(['pending', 'processing']);
});

test.runIf(thisMachine() !== hostname())('a machine of the same name is another machine', async () => {
  await workerWithPid('elsewhere', await deadPid(), hostname());
  const job = await makeJob(db, actor, { status: 'processing', workerId: 'elsewhere' });
  await rescueAt(0);
  expect((await getJobResource(db, actor, job.id, NOW)).status).toBe('processing');
});

test('a job that kills every worker fails, and says so', async () => {
  const job = await makeJob(db, actor, { status: 'processing', rescues: 9 });
  await rescueAt(0);
  await rescueAt(LEASE_MS);
  const { status, error } = await getJobResource(db, actor, job.id, NOW);
  expect({ status, ...error }).toMatchObject({
    status: 'failed',
    code: 'runner_lost',
    message: '10 workers, one after the other, stopped while running this job.',
  });
});
