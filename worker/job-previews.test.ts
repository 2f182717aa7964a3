import { buffer } from 'node:stream/consumers';
import { expect, test } from 'vitest';
import { getJobResource } from '#lib/jobs/job-resources';
import { findPreviewKey } from '#lib/jobs/queries';
import { cancelJob } from '#lib/jobs/requests';
import { claimJobs } from '#lib/jobs/transitions';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { waitFor } from '#tests/wait-for';
import { FAKE_RUNNER, LEASE_MS, workerContext } from '#tests/worker-context';
import { execute } from './executor.ts';
import { removeUnused } from './maintenance/sweep-jobs.ts';

test('a preview is there for its owner while the job runs, and no longer', async () => {
  const db = await testDatabase();
  const [actor, stranger] = [await makeUser(db), await makeUser(db)];
  const context = workerContext({ db, child: FAKE_RUNNER });
  const { id } = await makeJob(db, actor, { params: { depth: 'show' } });
  const urlOf = async () => (await getJobResource(db, actor, id, NOW)).progress.preview_url;
  const [job] = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: LEASE_MS }, NOW);
  expect(await urlOf()).toBeNull();

  const running = execute(context, job!, new AbortController().signal);
  expect(await waitFor('the preview', urlOf)).toBe(`/api/v1/jobs/${id}/preview?v=1.1`);
  const key = await findPreviewKey(db, actor, id);
  await removeUnused(context, [id]);
  expect(String(await buffer(await context.store.read(key)))).toBe('preview of depth');
  await expect(findPreviewKey(db, stranger, id)).rejects.toMatchObject({ code: 'not_found' });

  await cancelJob(db, actor, id, NOW);
  expect(await running).toBe('cancelled');
  expect(await context.store.list(`jobs/${id}`)).toEqual([]);
  expect(await urlOf()).toBeNull();
  await expect(findPreviewKey(db, actor, id)).rejects.toMatchObject({ code: 'not_found' });
});
