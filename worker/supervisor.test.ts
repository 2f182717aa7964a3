import { expect, onTestFinished, test } from 'vitest';
import { jobs } from '#lib/db/schema/jobs';
import { enqueueJob } from '#lib/jobs/requests';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { waitFor } from '#tests/wait-for';
import { FAKE_RUNNER, workerContext } from '#tests/worker-context';
import { Supervisor } from './supervisor.ts';

test('a job goes first whose model the runner has loaded', async () => {
  const db = await testDatabase();
  const { userId } = await makeUser(db);
  const job = {
    pipeline: 'photo-realistic',
    params: {},
    priority: 0,
    maxAttempts: 1,
    warnings: [],
    inputs: [],
  };
  for (const model of ['auto', 'fastdepth', 'auto']) {
    await enqueueJob(db, { ...job, ownerId: userId, model }, NOW);
  }
  let now = NOW;
  const context = { ...workerContext({ db, child: FAKE_RUNNER }), clock: () => now++ };
  const supervisor = new Supervisor(context);
  onTestFinished(() => supervisor.drain(0));
  supervisor.start();
  const rows = await waitFor('the jobs to end', async () => {
    const ended = await db.select().from(jobs).orderBy(jobs.startedAt);
    return ended.every(({ completedAt }) => completedAt !== null) ? ended : null;
  });
  expect(rows.map(({ status, model }) => [status, model])).toEqual([
    ['completed', 'auto'],
    ['completed', 'auto'],
    ['completed', 'fastdepth'],
  ]);
});
