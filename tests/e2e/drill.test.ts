import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import type { JobResource } from '#lib/jobs/resource';
import { drillChain } from '../drill-chain.ts';
import { waitFor } from '../wait-for.ts';
import { Api } from './api.ts';
import { Studio } from './studio.ts';
import { signedIn } from './visitor.ts';

let studio: Studio;
let api: Api;

beforeAll(async () => {
  studio = await Studio.create({ MULTIPLANE_DRILL: 'on', MULTIPLANE_MAX_ATTEMPTS: '2' });
  api = await Api.create(studio, 'admin');
  await Promise.all([studio.startWeb(), studio.startWorker()]);
});
afterAll(() => studio.dispose());

/** A drill of short steps, once it has ended. */
async function drilled(fields: Record<string, string>): Promise<JobResource> {
  const answer = await api.submit(null, { pipeline: 'drill', steps: '12', step_ms: '5', ...fields });
  const { id } = (await answer.json()) as JobResource;
  return waitFor('the drill to end', async () => {
    const job = await api.job(id);
    return job.completed_at ? job : null;
  });
}

test('without a photo it counts to its end', async () => {
  const job = await drilled({});
  expect(job).toMatchObject({ status: 'completed', attempt: 1 });
  const chain = (await api.output(job.id, 'chain.txt')).toString().trim().split('\n');
  expect(chain).toEqual(drillChain(job.id, null, 12));
});

test.each(['once', 'crash'])('a mishap (%s) costs an attempt, and no step twice', async (fail) => {
  const job = await drilled({ fail });
  expect(job).toMatchObject({ status: 'completed', attempt: 2 });
  const chain = (await api.output(job.id, 'chain.txt')).toString().trim().split('\n');
  expect(chain).toEqual(drillChain(job.id, null, 12));
});

test.each([
  ['always', 'unavailable', 'as it was asked to'],
  ['poison', 'runner_lost', 'has ended the process'],
])('one that goes wrong every time (%s) fails in the end, and says why', async (fail, code, told) => {
  const job = await drilled({ fail });
  expect(job).toMatchObject({ status: 'failed', attempt: 2, error: { code, stage: 'count' } });
  expect(job.error!.message).toContain(told);
});

test('a visitor starts it from the desk without a photo, and finds its files', async () => {
  const page = await signedIn(studio, await Api.create(studio));
  await page.getByRole('radio', { name: /Drill/ }).check();
  await page.getByRole('spinbutton', { name: 'Steps' }).fill('5');
  await page.getByRole('button', { name: 'Run the drill' }).click();
  const done = page.getByRole('link', { name: /Drill Done/ });
  await done.waitFor();
  expect(await done.locator('img').count()).toBe(0);
  await done.click();
  await page.getByRole('heading', { name: 'Files' }).waitFor();
  expect(await page.getByRole('link', { name: /result\.json/ }).count()).toBe(1);
  expect(await page.getByText('layers, far to near').count()).toBe(0);
});

test('it runs on the command line, where it is offered', async () => {
  const out = await mkdtemp(join(tmpdir(), 'multiplane-drill-'));
  onTestFinished(() => rm(out, { recursive: true, force: true }));
  const run = (env: NodeJS.ProcessEnv) =>
    spawnSync('npm', ['run', '-s', 'multiplane', '--', 'run', 'drill', '--out', out, '--step-ms', '1'], {
      env,
      encoding: 'utf8',
    });
  expect(run({ ...studio.env, MULTIPLANE_DRILL: 'off' }).stderr).toContain("unknown command 'drill'");
  expect(run(studio.env).status).toBe(0);
  expect((await readdir(out)).sort()).toEqual(['chain.txt', 'receipt.json', 'result.json']);
});
