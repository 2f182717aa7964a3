import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobResource } from '#lib/jobs/resource';
import { drawnPhoto } from '../photos.ts';
import { waitFor } from '../wait-for.ts';
import type { Api } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';

let studio: Studio;
let api: Api;

beforeAll(async () => {
  ({ studio, api } = await runningStudio());
});
afterAll(() => studio.dispose());

const verb = (job: JobResource, name: 'cancel' | 'retry') => api.post(`/api/v1/jobs/${job.id}/${name}`);

test('a running job is stopped, keeps nothing it had not finished, and can be retried', async () => {
  const job = await api.generate(await drawnPhoto(3000, 2200));
  await waitFor('the job to run', async () => (await api.job(job.id)).status === 'processing');
  expect((await verb(job, 'cancel')).status).toBe(200);
  const cancelled = await api.untilStatus(job.id, 'cancelled');
  expect(cancelled.outputs).toEqual([]);
  expect((await verb(job, 'cancel')).status).toBe(200);

  const next = await api.generate(await drawnPhoto(400, 300));
  expect((await api.untilStatus(next.id, 'completed')).attempt).toBe(1);
  expect((await api.job(job.id)).status).toBe('cancelled');

  expect((await verb(job, 'retry')).status).toBe(200);
  await api.untilStatus(job.id, 'completed');
});

test('a waiting job is cancelled at once, a finished one is not', async () => {
  const first = await api.generate(await drawnPhoto(400, 300));
  const second = await api.generate(await drawnPhoto(400, 300));
  const answer = await verb(second, 'cancel');
  expect(((await answer.json()) as JobResource).status).toBe('cancelled');
  await api.untilStatus(first.id, 'completed');
  const refused = await verb(first, 'cancel');
  expect(refused.status).toBe(409);
  expect(refused.headers.get('content-type')).toContain('application/problem+json');
});

test('a finished job is deleted with its files, a waiting one is not', async () => {
  const done = await api.generate(await drawnPhoto(400, 300));
  await api.untilStatus(done.id, 'completed');
  await studio.stopWorker();
  const waiting = await api.generate(await drawnPhoto(400, 300));
  const remove = (job: JobResource) => api.fetch(`/api/v1/jobs/${job.id}`, { method: 'DELETE' });
  expect((await remove(waiting)).status).toBe(409);
  expect(await studio.filesOfJob(done.id)).not.toEqual([]);
  expect((await remove(done)).status).toBe(204);
  expect(await studio.filesOfJob(done.id)).toEqual([]);
  expect((await api.fetch(`/api/v1/jobs/${done.id}`)).status).toBe(404);
});
