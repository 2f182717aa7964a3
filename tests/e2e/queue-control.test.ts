import { afterAll, beforeAll, expect, test } from 'vitest';
import { finishedStages } from '#lib/jobs/queries';
import { drawnPhoto } from '../photos.ts';
import { waitFor } from '../wait-for.ts';
import { Api } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';

let studio: Studio;
let api: Api;

beforeAll(async () => {
  ({ studio, api } = await runningStudio());
});
afterAll(() => studio.dispose());

async function paused(answer: Response): Promise<unknown> {
  return ((await answer.json()) as { paused: unknown }).paused;
}

test('a stopped queue gives its running job back, and goes on with it where it was', async () => {
  const { id } = await api.generate(await drawnPhoto(1600, 1200));
  const stagesOf = async () => {
    const rows = await finishedStages(studio.db, id);
    return Object.fromEntries(rows.map(({ stage, completedAt }) => [stage, completedAt]));
  };
  await waitFor('a finished stage', async () => (await stagesOf())['depth']);
  expect(await paused(await api.post('/api/v1/queue/stop'))).toBe('by_you');
  const held = await waitFor('the job to be given back', async () => {
    const job = await api.job(id);
    return job.status === 'pending' ? job : null;
  });
  expect(held).toMatchObject({ attempt: 0, waiting_reason: 'Your queue is paused' });
  const before = await stagesOf();

  const other = await Api.create(studio);
  const theirs = await other.generate(await drawnPhoto(200, 150));
  await other.untilStatus(theirs.id, 'completed');
  expect((await api.job(id)).status).toBe('pending');

  expect(await paused(await api.post('/api/v1/queue/start'))).toBeNull();
  expect((await api.untilStatus(id, 'completed')).attempt).toBe(1);
  expect(await stagesOf()).toMatchObject(before);
});

test('only an administrator stops everything, and everybody sees it', async () => {
  const admin = await Api.create(studio, 'admin');
  expect((await api.post('/api/v1/queue/stop?scope=everyone')).status).toBe(403);
  expect((await api.post('/api/v1/queue/stop?scope=theirs')).status).toBe(422);
  await admin.post('/api/v1/queue/stop?scope=everyone');
  const { id } = await api.generate(await drawnPhoto(200, 150));
  expect((await api.job(id)).waiting_reason).toBe('The operator has paused all queues');
  expect(await paused(await api.fetch('/api/v1/queue/poll'))).toBe('by_operator');
  await admin.post('/api/v1/queue/start?scope=everyone');
  await api.untilStatus(id, 'completed');
});

test('clearing removes what has ended, with its files, and nothing that waits', async () => {
  const done = await api.generate(await drawnPhoto(200, 150));
  await api.untilStatus(done.id, 'completed');
  await api.post('/api/v1/queue/stop');
  const waiting = await api.generate(await drawnPhoto(200, 150));
  const { deleted } = (await (await api.post('/api/v1/queue/clear')).json()) as { deleted: number };
  expect(deleted).toBeGreaterThanOrEqual(1);
  const { items } = await api.client.call('listJobs');
  expect(items.map(({ id }) => id)).toEqual([waiting.id]);
  expect(await studio.filesOfJob(done.id)).toEqual([]);
});
