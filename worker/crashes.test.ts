import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { getJobResource } from '#lib/jobs/job-resources';
import { finishedStages } from '#lib/jobs/queries';
import { retryJob } from '#lib/jobs/requests';
import type { Job } from '#lib/jobs/resource';
import { claimJobs } from '#lib/jobs/transitions';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { waitFor } from '#tests/wait-for';
import { FAKE_RUNNER, LEASE_MS, workerContext } from '#tests/worker-context';
import { execute } from './executor.ts';

const LATER = NOW + 60 * 60_000;
const forever = new AbortController().signal;

let db: Database;
let actor: Actor;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
});

function claim(limit: number): Promise<Job[]> {
  return claimJobs(db, { workerId: 'worker', limit, leaseMs: LEASE_MS }, LATER);
}

/** A claimed job whose stages do as told. */
async function claimedJob(wishes: Record<string, string>): Promise<Job> {
  await makeJob(db, actor, { params: wishes, maxAttempts: 2 });
  const [job] = await claim(1);
  return job!;
}

const resourceOf = ({ id }: Job) => getJobResource(db, actor, id, NOW);

async function untilRunning({ id }: Job, stage: string): Promise<void> {
  await waitFor(
    `stage ${stage}`,
    async () => (await getJobResource(db, actor, id, NOW)).progress.stage === stage,
  );
}

test('a job that ends its process each time is tried until its attempts are used up, and that is said', async () => {
  const context = workerContext({ db, child: FAKE_RUNNER });
  const job = await claimedJob({ cut: 'crash' });
  expect(await execute(context, job, forever)).toBe('crashed');
  expect(await resourceOf(job)).toMatchObject({
    status: 'pending',
    attempt: 1,
    error: { code: 'runner_lost', message: 'This job has ended the process that computed it.', stage: 'cut' },
  });
  const [again] = await claim(1);
  await execute(context, again!, forever);
  expect(await resourceOf(job)).toMatchObject({
    status: 'failed',
    attempt: 2,
    message: 'This job has ended the process that computed it 2 times.',
    error: { suggestions: [expect.any(String)] },
  });
  expect(await retryJob(db, actor, job.id, NOW)).toMatchObject({ attempt: 0, crashes: 0, error: null });
});

test('of several in a process that died, none is blamed: each runs by itself, and the one at fault is found', async () => {
  const context = workerContext({ db, child: FAKE_RUNNER, capacity: 2 });
  const bystander = await claimedJob({ cut: 'alone' });
  const first = execute(context, bystander, forever);
  await untilRunning(bystander, 'cut');
  const poison = await claimedJob({ depth: 'crash' });
  expect(await Promise.all([first, execute(context, poison, forever)])).toEqual(['crashed', 'crashed']);
  for (const job of [bystander, poison]) {
    const { status, attempt, error } = await resourceOf(job);
    expect({ status, attempt, code: error?.code }).toEqual({
      status: 'pending',
      attempt: 0,
      code: 'runner_lost_among_others',
    });
    expect(error?.message).toContain('this job and another job died');
  }

  const suspects = await claim(2);
  const endings = await Promise.all(suspects.map((job) => execute(context, job, forever)));
  expect(endings.sort()).toEqual(['completed', 'crashed']);
  expect(await resourceOf(bystander)).toMatchObject({ status: 'completed', attempt: 1, error: null });
  expect(await resourceOf(poison)).toMatchObject({
    status: 'pending',
    attempt: 1,
    error: { code: 'runner_lost' },
  });
});

test('a job that ended a process before cannot take another along again', async () => {
  const context = workerContext({ db, child: FAKE_RUNNER, capacity: 2 });
  const healthy = await claimedJob({ cut: 'hang' });
  const stop = new AbortController();
  const running = execute(context, healthy, stop.signal);
  await untilRunning(healthy, 'cut');
  const { pid } = context.runner;
  await makeJob(db, actor, { params: { depth: 'crash' }, maxAttempts: 2, attempt: 1, crashes: 1 });
  const [poison] = await claim(1);
  expect(await execute(context, poison!, forever)).toBe('crashed');
  expect((await resourceOf(poison!)).status).toBe('failed');
  expect(context.runner.pid).toBe(pid);
  stop.abort('interrupted');
  expect(await running).toBe('interrupted');
  expect((await finishedStages(db, healthy.id)).map(({ stage }) => stage)).toEqual(['depth']);
});
