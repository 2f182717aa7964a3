import { createHash } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BatchResource } from '#lib/jobs/batches/batch-resource';
import type { Archive } from '#lib/api/archives';
import { drawPngClaiming } from '../images.ts';
import { drawnPhoto } from '../photos.ts';
import { waitFor } from '../wait-for.ts';
import { readZip } from '../zip.ts';
import { Api, type Photo } from './api.ts';
import { Studio } from './studio.ts';

/** More than any form but a batch's may have. */
const MANY = 12;

let studio: Studio;
let api: Api;

beforeEach(async () => {
  const env = { MULTIPLANE_DRILL: 'on', MULTIPLANE_MAX_ATTEMPTS: '1', MULTIPLANE_LOG_LEVEL: 'silent' };
  studio = await Studio.create(env);
  api = await Api.create(studio);
  await Promise.all([studio.startWeb(), studio.startWorker()]);
});
afterEach(() => studio.dispose());

function post(photos: Photo[], fields: Record<string, string>, headers = {}): Promise<Response> {
  const form = new FormData();
  for (const { name, type, bytes } of photos)
    form.append('images', new Blob([bytes as BlobPart], { type }), name);
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  return api.fetch('/api/v1/batches', { method: 'POST', body: form, headers });
}

const verb = (batch: BatchResource, name: keyof BatchResource['urls']) =>
  api.json<BatchResource>(batch.urls[name], { method: 'POST' });

function until(batch: BatchResource, what: string, isSo: (counts: BatchResource['counts']) => boolean) {
  return waitFor(what, async () => {
    const current = await api.json<BatchResource>(batch.urls.self);
    return isSo(current.counts) ? current : null;
  });
}

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

test('a batch with a hostile file goes through pauses and crashes, and is taken away whole', async () => {
  const photos = await Promise.all([1200, 400, 300, 400].map((width) => drawnPhoto(width, (width * 3) / 4)));
  const bomb = { name: 'bomb.png', type: 'image/png', bytes: await drawPngClaiming(60_000, 60_000) };
  const answer = await post([photos[0]!, photos[1]!, bomb, photos[2]!, photos[3]!], {
    pipeline: 'photo-realistic',
    name: 'Hills',
    num_layers: '3',
  });
  expect(answer.status).toBe(202);
  const batch = (await answer.json()) as BatchResource;
  expect(batch).toMatchObject({ total: 5, counts: { refused: 1 } });

  await until(batch, 'a job to run', ({ processing }) => processing > 0);
  await studio.kill('worker');
  expect(await verb(batch, 'pause')).toMatchObject({ paused: true, counts: { processing: 1 } });
  await studio.kill('web');
  await Promise.all([studio.startWeb(), studio.startWorker()]);
  const held = await until(batch, 'the running job to be given back', ({ processing }) => processing === 0);
  expect(held).toMatchObject({ paused: true, counts: { pending: 4, completed: 0 } });
  const outside = await api.generate(await drawnPhoto(200, 150));
  await api.untilStatus(outside.id, 'completed');
  expect((await api.json<BatchResource>(batch.urls.self)).counts).toEqual(held.counts);

  const last = held.items.at(-1)!;
  expect((await api.post(`${last.url}/cancel`)).status).toBe(200);
  await verb(batch, 'resume');
  const done = await until(batch, 'the others to be done', ({ completed }) => completed === 3);
  expect(done).toMatchObject({ paused: false, progress: 1 });
  expect(done.counts).toMatchObject({ pending: 0, processing: 0, failed: 0, cancelled: 1, refused: 1 });

  const zip = await api.fetch(batch.urls.archive);
  expect(zip.headers.get('content-disposition')).toContain('filename="Hills.zip"');
  const files = readZip(Buffer.from(await zip.arrayBuffer()));
  const manifest = JSON.parse(files.get('manifest.json')!.toString()) as Archive['manifest'];
  expect(manifest.files).toHaveLength(files.size - 1);
  for (const { path, job_id, size_bytes, ...file } of manifest.files) {
    const bytes = files.get(path)!;
    expect([bytes.length, sha256(bytes)], path).toEqual([size_bytes, file.sha256]);
    expect(sha256(await api.output(job_id, path.split('/')[1]!)), path).toBe(file.sha256);
  }
  const states = manifest.batch!.items.map(({ status }) => status);
  expect(states).toEqual(['completed', 'completed', 'refused', 'completed', 'cancelled']);
  expect(new Set(manifest.files.map(({ path }) => path.split('/')[0])).size).toBe(3);
});

test('what failed of a batch is retried, and the request is carried out once, crash or no crash', async () => {
  const photos = await Promise.all(Array.from({ length: MANY }, () => drawnPhoto(80, 64)));
  const setting = { pipeline: 'drill', fail: 'once', steps: '4', step_ms: '0' };
  const key = { 'Idempotency-Key': 'drill-1' };
  const batch = (await (await post(photos, setting, key)).json()) as BatchResource;
  await studio.kill('web');
  await studio.startWeb();
  const again = await post(photos, setting, key);
  expect([again.status, again.headers.get('idempotency-replayed')]).toEqual([202, 'true']);
  expect(await again.json()).toEqual(batch);

  const failed = await until(batch, 'every job to fail', (counts) => counts.failed === MANY);
  expect(failed.items.map(({ error }) => error?.message)).not.toContain(undefined);
  await verb(batch, 'retry_failed');
  const done = await until(batch, 'every job to be done', ({ completed }) => completed === MANY);
  expect(done).toMatchObject({ total: MANY, counts: { failed: 0 } });
  const { items } = await api.json<{ items: { attempt: number }[] }>(
    `/api/v1/jobs?batch=${batch.id}&limit=100`,
  );
  expect(items.map(({ attempt }) => attempt)).toEqual(Array(MANY).fill(1));
});
