import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { finishedStages } from '#lib/jobs/queries';
import { claimJobs } from '#lib/jobs/transitions';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
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
