import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drawnPhoto } from '../photos.ts';
import { waitFor } from '../wait-for.ts';
import { Api } from './api.ts';
import { Studio } from './studio.ts';

let studio: Studio;
let api: Api;
let noWeights: string;

beforeAll(async () => {
  noWeights = await mkdtemp(join(tmpdir(), 'multiplane-no-weights-'));
  studio = await Studio.create({ MULTIPLANE_WEIGHTS_DIR: noWeights, MULTIPLANE_MAX_ATTEMPTS: '2' });
  api = await Api.create(studio);
  await studio.startWeb();
});
afterAll(async () => {
  await studio.dispose();
  await rm(noWeights, { recursive: true, force: true });
});

test('without a worker a job waits and says so; what it lacks is tried again, then said', async () => {
  const { id, waiting_reason } = await api.generate(await drawnPhoto(200, 150));
  expect(waiting_reason).toBe('No worker is running');
  await studio.startWorker();
  const between = await waitFor('the first attempt to fail', async () => {
    const job = await api.job(id);
    return job.status === 'pending' && job.attempt === 1 ? job : null;
  });
  expect(between.waiting_reason).toMatch(/^Trying again at /);
  const failed = await waitFor('the last attempt to fail', async () => {
    const job = await api.job(id);
    return job.status === 'failed' ? job : null;
  });
  expect(failed).toMatchObject({ attempt: 2, error: { code: 'weights_missing', retryable: true } });
  expect(failed.error!.suggestions.join()).toContain('models download');
  const ready = await fetch(`${studio.url}/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ parts: { weights: { ok: false }, worker: { ok: true } } });
});

test('a device that cannot be had is replaced, and that is said', async () => {
  await studio.kill('worker');
  await studio.startWorker({ MULTIPLANE_PROVIDER: 'cuda' });
  const { parts } = (await (await fetch(`${studio.url}/ready`)).json()) as {
    parts: { worker: { detail: string } };
  };
  expect(parts.worker.detail).toContain('cpu (CUDA was asked for');
});
