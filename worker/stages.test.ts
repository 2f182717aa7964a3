import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobInputs, jobs } from '#lib/db/schema/jobs';
import { getJobResource } from '#lib/jobs/job-resources';
import { finishedStages } from '#lib/jobs/queries';
import { claimJobs } from '#lib/jobs/transitions';
import { uploadKey } from '#lib/media/store/file-key';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { storeUpload } from '#tests/stored-things';
import { FAKE_RUNNER, LEASE_MS, workerContext } from '#tests/worker-context';
import type { WorkerContext } from './context.ts';
import { execute } from './executor.ts';

let db: Database;
let actor: Actor;
let context: WorkerContext;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  context = workerContext({ db, child: FAKE_RUNNER });
});

/** One more attempt at the only job, whose stages do as told. Returns under which lease each finished stage was made. */
async function attempt(wishes: Record<string, string>): Promise<Record<string, number>> {
  await db.update(jobs).set({ params: wishes });
  const claim = { workerId: 'worker', limit: 1, leaseMs: LEASE_MS };
  const [job] = await claimJobs(db, claim, NOW + 3_600_000);
  await execute(context, job!, new AbortController().signal);
  const stages = await finishedStages(db, job!.id);
  return Object.fromEntries(stages.map(({ stage, fence }) => [stage, fence]));
}

test('a stage whose file is not what was recorded is repeated, and with it all that was made of it', async () => {
  const { id } = await makeJob(db, actor, { maxAttempts: 5 });
  expect(await attempt({ compose: 'unavailable' })).toEqual({ depth: 1, cut: 1, fill: 1 });
  await context.store.writeAtomic(`jobs/${id}/1/depth/depth.txt`, Buffer.from('htped'));
  expect(await attempt({ cut: 'unavailable' })).toEqual({ depth: 2, cut: 1, fill: 1 });
  expect(await attempt({})).toEqual({ depth: 2, cut: 3, fill: 3, compose: 3 });
});

test('what stages had to say outlasts an attempt that was cut off after them, and is said once', async () => {
  const { id } = await makeJob(db, actor, { warnings: ['Said at the start.'] });
  await attempt({ depth: 'warn', cut: 'unavailable' });
  await attempt({ cut: 'warn' });
  const { status, warnings } = await getJobResource(db, actor, id, NOW);
  expect(status).toBe('completed');
  expect(warnings).toEqual(['Said at the start.', 'Mind the depth.', 'Mind this.', 'Mind the cut.']);
});

test('a picture that is no longer the one that was sent ends the job, the end image too', async () => {
  const { id } = await makeJob(db, actor);
  const [start, end] = await Promise.all(
    ['start', 'end'].map((name) => storeUpload(db, context.store, actor, name, { filename: `${name}.jpg` })),
  );
  await db.insert(jobInputs).values([
    { jobId: id, role: 'image', uploadId: start!.id },
    { jobId: id, role: 'end_image', uploadId: end!.id },
  ]);
  await context.store.writeAtomic(uploadKey(end!.sha256), Buffer.from('ned'));
  expect(await attempt({})).toEqual({});
  const { status, error } = await getJobResource(db, actor, id, NOW);
  const message = 'The stored picture "end.jpg" is missing or damaged.';
  expect({ status, error }).toMatchObject({ status: 'failed', error: { code: 'input_missing', message } });
});
