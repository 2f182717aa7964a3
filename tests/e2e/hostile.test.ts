import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobResource } from '#lib/jobs/resource';
import { drawnPhoto } from '../photos.ts';
import { Api } from './api.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';

const NASTY = resolve('../shared/fixtures/nasty');

let studio: Studio;
let api: Api;

beforeAll(async () => {
  ({ studio, api } = await runningStudio());
});
afterAll(() => studio.dispose());

/** What the studio keeps of pictures and jobs. */
async function kept() {
  const { items } = await api.json<{ items: JobResource[] }>('/api/v1/jobs?limit=100');
  return { files: (await studio.files()).length, jobs: items.length };
}

test.skipIf(!existsSync(NASTY))(
  'every hostile file is done rightly or refused, and nobody falls over',
  async () => {
    // Without a worker beside it, what a refusal leaves can be counted.
    await studio.stopWorker();
    const webPid = studio.web!.pid;
    const accepted: string[] = [];
    for (const name of (await readdir(NASTY)).filter((file) => !file.endsWith('.onnx'))) {
      const before = await kept();
      const answer = await api.submit(
        { name, type: '', bytes: await readFile(join(NASTY, name)) },
        { pipeline: 'cutout' },
      );
      if (answer.status === 202) {
        accepted.push(((await answer.json()) as JobResource).id);
        continue;
      }
      expect([413, 415, 422], name).toContain(answer.status);
      expect(answer.headers.get('content-type'), name).toBe('application/problem+json');
      expect(await kept(), name).toEqual(before);
    }
    expect(accepted.length).toBeGreaterThan(10);
    await studio.startWorker();
    const workerPid = studio.worker!.pid;
    for (const id of accepted) expect((await api.untilStatus(id, 'completed')).attempt).toBe(1);
    expect([studio.web!.pid, studio.worker!.pid]).toEqual([webPid, workerPid]);
    expect([studio.web!.exitCode, studio.worker!.exitCode]).toEqual([null, null]);
  },
);

test('10 MB and a byte is too much, whatever it is', async () => {
  const bytes = new Uint8Array(10 * 1024 * 1024 + 1);
  bytes.set((await drawnPhoto()).bytes);
  const answer = await api.submit({ name: 'large.jpg', type: 'image/jpeg', bytes });
  expect(answer.status).toBe(413);
  expect(await answer.json()).toMatchObject({ code: 'payload_too_large', errors: [{ pointer: '/image' }] });
});

test("another person's jobs, files and pictures are not there", async () => {
  const { id } = await api.generate(await drawnPhoto(200, 150));
  const job = await api.untilStatus(id, 'completed');
  const stranger = await Api.create(studio);
  const upload = `/api/v1/uploads/${job.inputs[0]!.upload_id}`;
  const reads = [job.urls.self, upload, `${upload}/content`, ...job.outputs.map(({ url }) => url)];
  for (const path of reads) {
    expect((await api.fetch(path)).status, path).toBe(200);
    expect((await stranger.fetch(path)).status, path).toBe(404);
    expect((await fetch(`${studio.url}${path}`)).status, path).toBe(401);
  }
  const writes = [
    stranger.post(job.urls.cancel),
    stranger.post(job.urls.retry),
    stranger.fetch(job.urls.self, { method: 'DELETE' }),
  ];
  expect((await Promise.all(writes)).map(({ status }) => status)).toEqual([404, 404, 404]);
  expect(await stranger.json('/api/v1/jobs')).toEqual({ items: [], next_cursor: null });
  expect(await stranger.json('/api/v1/queue')).toMatchObject({ counts: { completed: 0 }, tasks: [] });
  expect((await api.job(id)).status).toBe('completed');
});
