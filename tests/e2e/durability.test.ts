import { Webhook as Verifier } from 'standardwebhooks';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { finishedStages } from '#lib/jobs/queries';
import { photoRealistic } from '#lib/pipelines/photo-realistic';
import { drawnPhoto } from '../photos.ts';
import { waitFor } from '../wait-for.ts';
import { makeWebhook, receiver } from '../webhooks.ts';
import type { Api } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';

let studio: Studio;
let api: Api;

beforeEach(async () => {
  ({ studio, api } = await runningStudio());
});
afterEach(() => studio.dispose());

/** When each finished stage was finished, by name. */
async function stageTimes(jobId: string): Promise<Record<string, number>> {
  const rows = await finishedStages(studio.db, jobId);
  return Object.fromEntries(rows.map(({ stage, completedAt }) => [stage, completedAt]));
}

test('a worker killed in the middle of each stage: the job goes on there, and completes once', async () => {
  const { id } = await api.generate(await drawnPhoto(1600, 1200), { num_layers: '2' });
  const finished: Record<string, number>[] = [];
  for (const index of photoRealistic.stages.keys()) {
    const done = await waitFor(`stage ${index} to run`, async () => {
      const times = await stageTimes(id);
      const { status } = await api.job(id);
      return status === 'processing' && Object.keys(times).length === index ? times : null;
    });
    finished.push(done);
    await studio.kill('worker');
    expect((await api.job(id)).status).toBe('processing');
    await studio.startWorker();
  }
  const job = await api.untilStatus(id, 'completed');
  expect(job.attempt).toBe(1);
  const times = await stageTimes(id);
  for (const before of finished) expect(times).toMatchObject(before);
  const names = job.outputs.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const { name, size_bytes } of job.outputs) {
    expect((await api.output(id, name)).length).toBe(size_bytes);
  }
});

test('a web process killed while a job runs: the job completes, and a new one shows it', async () => {
  const { id } = await api.generate(await drawnPhoto());
  await studio.kill('web');
  await studio.startWeb();
  const job = await api.untilStatus(id, 'completed');
  expect(job.attempt).toBe(1);
});

test('a worker asked to stop gives its job back, and the next one finishes it', async () => {
  await studio.kill('worker');
  await studio.startWorker({ MULTIPLANE_DRAIN_MS: '0' });
  const { id } = await api.generate(await drawnPhoto(1600, 1200));
  await waitFor('the job to run', async () => (await api.job(id)).status === 'processing');
  await studio.stopWorker();
  expect(await api.job(id)).toMatchObject({ status: 'pending', attempt: 0 });
  await studio.startWorker();
  expect((await api.untilStatus(id, 'completed')).attempt).toBe(1);
});

test('a worker killed before a webhook was told: the next one tells it, under the same id', async () => {
  const { url, received } = await receiver((response, count) =>
    response.writeHead(count === 1 ? 503 : 204).end(),
  );
  const { secret } = await makeWebhook(studio.db, api.actor, { url });
  const restartWorker = async () => {
    await studio.kill('worker');
    await studio.startWorker({ MULTIPLANE_WEBHOOKS_PRIVATE: 'true' });
  };
  await restartWorker();
  const { id } = await api.generate(await drawnPhoto(320, 240), { num_layers: '2' });
  await waitFor('a first attempt', () => received.length === 1);
  await restartWorker();
  await waitFor('another one', () => received.length === 2);
  for (const { headers, body } of received) {
    const told = new Verifier(secret).verify(body, headers);
    expect(told).toMatchObject({ type: 'job.completed', data: { id, status: 'completed' } });
  }
  expect(received[1]!.headers['webhook-id']).toBe(received[0]!.headers['webhook-id']);
  expect(received[1]!.body).toBe(received[0]!.body);
});

test.runIf(process.platform === 'linux')('a runner that dies takes only its attempt along', async () => {
  const { id } = await api.generate(await drawnPhoto(1600, 1200));
  const runner = await waitFor('a runner', () => studio.runnerPid());
  await waitFor('the job to run', async () => (await api.job(id)).status === 'processing');
  process.kill(runner, 'SIGKILL');
  const job = await api.untilStatus(id, 'completed');
  expect(job.attempt).toBe(2);
  expect(studio.worker!.exitCode).toBeNull();
});

test('workers killed again and again among many jobs: each completes once, whole', async () => {
  const photo = await drawnPhoto(320, 240);
  const jobs = await Promise.all(Array.from({ length: 4 }, () => api.generate(photo)));
  const stagesDone = async () => {
    const rows = await Promise.all(jobs.map(({ id }) => finishedStages(studio.db, id)));
    return rows.flat().length;
  };
  for (let kills = 1; kills <= 5; kills++) {
    await waitFor(`${2 * kills} stages to be done`, async () => (await stagesDone()) >= 2 * kills);
    await studio.kill('worker');
    await studio.startWorker();
  }
  for (const { id } of jobs) {
    const { attempt, outputs } = await api.untilStatus(id, 'completed');
    expect(attempt).toBe(1);
    for (const { name, size_bytes } of outputs) expect((await api.output(id, name)).length).toBe(size_bytes);
  }
  expect((await studio.db.$client.execute('PRAGMA integrity_check')).rows[0]![0]).toBe('ok');
});
