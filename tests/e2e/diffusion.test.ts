import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jobs } from '#lib/db/schema/jobs';
import type { JobResource } from '#lib/jobs/resource';
import { temporaryFolder } from '../temporary-folder.ts';
import { videoFacts } from '../video.ts';
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

/** As many steps as there can be: it is to be killed and cancelled among them, also on a quick machine. */
const REQUEST = {
  pipeline: 't2v',
  model: 'wan-mini',
  prompt: 'a small red circle moves left over night',
  steps: '60',
};

/** The job once it has taken so many steps out of the noise. */
function untilDenoised(id: string, steps: number): Promise<JobResource> {
  return waitFor(`${steps} steps`, async () => {
    const job = await api.job(id);
    const { stage, step } = job.progress;
    return stage === 'denoise' && (step ?? 0) >= steps ? job : null;
  });
}

/** The first step that is heard of once the job has been claimed so many times. */
function firstStepUnder(fence: number, id: string): Promise<number> {
  return waitFor('a step', async () => {
    const [job] = await studio.db.select().from(jobs).where(eq(jobs.id, id));
    return job?.fence === fence ? job.progress?.step : null;
  });
}

test('a video out of words is the very same where its worker was killed on the way', async () => {
  const whole = await api.generate(null, REQUEST);
  expect(whole.params).toMatchObject({ width: 128, height: 128, frames: 17, steps: 60 });
  // The first job of its kind: how long it still takes, its own steps say.
  expect((await untilDenoised(whole.id, 2)).progress.eta_seconds).toBeGreaterThan(0);
  const { outputs } = await api.untilStatus(whole.id, 'completed');
  expect(outputs.map(({ name }) => name)).toEqual(expect.arrayContaining(['video.mp4', 'poster.jpg']));
  const video = await api.output(whole.id, 'video.mp4');
  const path = join(temporaryFolder(), 'video.mp4');
  await writeFile(path, video);
  expect(await videoFacts(path)).toMatchObject({ width: 128, height: 128, frameCount: 17 });

  const killed = await api.generate(null, REQUEST);
  await untilDenoised(killed.id, 7);
  await studio.kill('worker');
  await studio.startWorker();
  // It does not begin with the noise again.
  expect(await firstStepUnder(2, killed.id)).toBeGreaterThanOrEqual(5);
  expect((await api.untilStatus(killed.id, 'completed')).attempt).toBe(1);
  expect((await api.output(killed.id, 'video.mp4')).equals(video)).toBe(true);
});

test('cancelled between two steps, it leaves nothing', async () => {
  const job = await api.generate(null, REQUEST);
  await untilDenoised(job.id, 1);
  expect((await api.post(`/api/v1/jobs/${job.id}/cancel`)).status).toBe(200);
  expect((await api.untilStatus(job.id, 'cancelled')).outputs).toEqual([]);
});
