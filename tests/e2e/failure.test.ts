import { mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { drawnPhoto } from '../photos.ts';
import { waitFor } from '../wait-for.ts';
import { Api } from './api.ts';
import { Studio } from './studio.ts';

const installed = readSettings(process.env).weightsDir;

let studio: Studio;
let api: Api;
let noWeights: string;

beforeAll(async () => {
  noWeights = await mkdtemp(join(tmpdir(), 'multiplane-no-weights-'));
  studio = await Studio.create({
    MULTIPLANE_WEIGHTS_DIR: noWeights,
    MULTIPLANE_FETCH_WEIGHTS: 'off',
    MULTIPLANE_MAX_ATTEMPTS: '1',
  });
  api = await Api.create(studio);
  await studio.startWeb();
});
afterAll(async () => {
  await studio.dispose();
  await rm(noWeights, { recursive: true, force: true });
});

test('without a worker a job waits and says so; what it lacks is said, waited for uncounted, and then used', async () => {
  const { id, waiting_reason } = await api.generate(await drawnPhoto(200, 150));
  expect(waiting_reason).toBe('No worker is running');
  await studio.startWorker();
  const lacking = await waitFor('the worker to find its weights missing', async () => {
    const job = await api.job(id);
    return job.error ? job : null;
  });
  expect(lacking).toMatchObject({ status: 'pending', attempt: 0, error: { code: 'weights_missing' } });
  expect(lacking.waiting_reason).toMatch(/^Weights missing: .* models download fastdepth u2netp migan$/);
  const ready = await fetch(`${studio.url}/ready`);
  expect(ready.status).toBe(503);
  expect(await ready.json()).toMatchObject({ parts: { weights: { ok: false }, worker: { ok: true } } });

  for (const name of await readdir(installed)) await symlink(join(installed, name), join(noWeights, name));
  expect(await api.untilStatus(id, 'completed')).toMatchObject({ attempt: 1, error: null });
});

test('a device that cannot be had is replaced, and that is said', async () => {
  await studio.kill('worker');
  await studio.startWorker({ MULTIPLANE_PROVIDER: 'cuda' });
  const { parts } = (await (await fetch(`${studio.url}/ready`)).json()) as {
    parts: { worker: { detail: string } };
  };
  expect(parts.worker.detail).toContain('cpu (CUDA was asked for');
});
