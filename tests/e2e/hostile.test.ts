import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobResource } from '#lib/jobs/resource';
import { drawnPhoto } from '../photos.ts';
import { sendRaw } from '../raw-http.ts';
import { waitFor } from '../wait-for.ts';
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
  const { items } = await api.client.call('listJobs', { query: { limit: 100 } });
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

test('what is hardly HTTP is refused or hung up on, and leaves nothing', async () => {
  await studio.stopWorker();
  const [before, webPid] = [await kept(), studio.web!.pid];
  const form = 'Content-Type: multipart/form-data; boundary=x';
  const part = '--x\r\nContent-Disposition: form-data; name="image"; filename="a.png"\r\n\r\n';
  const requests = [
    [form, 'Content-Length: 1000', '', part],
    [form, 'Content-Length: -1', '', part],
    [form, 'Content-Length: 5', 'Content-Length: 7', '', '--x--'],
    [form, 'Content-Length: 5', 'Transfer-Encoding: chunked', '', '0\r\n\r\n'],
    [form, 'Transfer-Encoding: chunked', '', `${part.length.toString(16)}\r\n${part}\r\n`],
    [form, 'Transfer-Encoding: chunked', '', 'zz\r\nxx\r\n'],
    [form, 'Transfer-Encoding: chunked', '', 'ffffffffffffffffff\r\n'],
    [form, 'Transfer-Encoding: gzip', '', part],
    [form, 'Expect: 100-continue', 'Content-Length: 9', '', ''],
    [form, `X-Long: ${'x'.repeat(100_000)}`, '', ''],
    [form, 'X-Null: \0', '', ''],
    ['Content-Type: application/json', 'Content-Length: 12', '', '{"pipeline":'],
    ['Content-Type: application/json', 'Content-Encoding: gzip', 'Content-Length: 2', '', '\x1f\x8b'],
    ['Idempotency-Key: a\r\n b', 'Content-Length: 0', '', ''],
    ['no colon at all', '', ''],
  ].flatMap((lines) =>
    ['generate', 'uploads'].map((noun) =>
      [`POST /api/v1/${noun} HTTP/1.1`, 'Host: studio', `X-API-Key: ${api.key}`, ...lines].join('\r\n'),
    ),
  );
  const answers = await Promise.all(
    [...requests, 'GET\r\n\r\n', '\x16\x03\x01\x02\x00', 'POST /api/v1/generate HTTP/9.9\r\n\r\n'].map(
      (bytes) => sendRaw(studio.url, bytes),
    ),
  );
  const statuses = answers.filter((answer) => answer !== '').map((answer) => answer.slice(0, 12));
  expect(statuses.length).toBeGreaterThan(10);
  expect(statuses.filter((status) => !/^HTTP\/1\.1 (4\d\d|100)$/.test(status))).toEqual([]);
  await waitFor('what was begun to be given up', async () =>
    JSON.stringify(await kept()) === JSON.stringify(before) ? true : null,
  );
  expect(studio.web!.pid).toBe(webPid);
  await studio.startWorker();
});

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

test('who asks too much is held back, also by a web process that has just begun', async () => {
  const limits = { MULTIPLANE_LIMIT_API_DAY: '2', MULTIPLANE_LIMIT_SIGN_IN_MINUTE: '2' };
  Object.assign(studio.env, limits);
  const admin = await Api.create(studio, 'admin');
  const answers: Response[] = [];
  for (let at = 0; at < 3; at++) {
    await studio.kill('web');
    await studio.startWeb();
    answers.push(await admin.post('/api/v1/queue/start'));
  }
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
  expect(answers[1]!.headers.get('ratelimit')).toMatch(/^"api-day";r=0;t=\d+$/);
  expect(answers[2]!.headers.get('retry-after')).toMatch(/^\d+$/);
  expect(await answers[2]!.json()).toMatchObject({ code: 'rate_limited' });

  const metrics = await admin.fetch('/metrics');
  const measured = 'multiplane_http_request_duration_seconds_count{operation="startQueue",status="4xx"} 1';
  expect(await metrics.text()).toContain(measured);

  const address = `${studio.url}/api/auth/callback/credentials`;
  const attempts: number[] = [];
  // Five, of which three are in the same minute.
  for (let at = 0; at < 5; at++)
    attempts.push((await fetch(address, { method: 'POST', redirect: 'manual' })).status);
  expect(attempts.slice(0, 2)).not.toContain(429);
  expect(attempts).toContain(429);
});
