import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { text } from 'node:stream/consumers';
import { initializeCanvas, readPsd } from 'ag-psd';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JobResource } from '#lib/jobs/resource';
import { findModel } from '#lib/models/catalogue';
import { messageOf } from '../../docs/examples/receiver.ts';
import { readEvents } from '../event-reader.ts';
import { serve } from '../local-server.ts';
import { drawnPhoto, hasSharedPhotos, sharedPhotos } from '../photos.ts';
import { composite, type Pixels, pixelsOf, psnr } from '../pixels.ts';
import { waitFor } from '../wait-for.ts';
import { Api, type Photo } from './api.ts';
import { expectShellExamples, expectTypeScriptExamples } from './examples.ts';
import { runningStudio } from './running.ts';
import type { Studio } from './studio.ts';

interface Manifest {
  layers: { file: string; sha256: string; coverage: number }[];
  models: { id: string; weights: { sha256: string }[] }[];
}

let studio: Studio;
let api: Api;

beforeAll(async () => {
  ({ studio, api } = await runningStudio('user', { MULTIPLANE_WEBHOOKS_PRIVATE: 'on' }));
});
afterAll(() => studio.dispose());

const isLayer = ({ role }: { role: string }) => role === 'layer';

function expectedLayers(count: number): string[] {
  const names = Array.from({ length: count }, (_, index) => `Layer_${index + 1}_midground.png`);
  names[0] = 'Layer_1_background.png';
  names[count - 1] = `Layer_${count}_foreground.png`;
  return names;
}

async function layersOf(job: JobResource): Promise<Pixels[]> {
  const names = job.outputs.filter(isLayer).map(({ name }) => name);
  return Promise.all(names.map(async (name) => pixelsOf(await api.output(job.id, name))));
}

async function submitted(photo: Photo, count: number): Promise<string> {
  const accepted = await api.generate(photo, { num_layers: String(count) });
  expect(accepted).toMatchObject({ status: 'pending', params: { num_layers: count } });
  return accepted.id;
}

async function expectLayers(id: string, photo: Photo, count: number): Promise<void> {
  const job = await api.untilStatus(id, 'completed');
  expect(job.outputs.filter(isLayer).map(({ name }) => name)).toEqual(expectedLayers(count));
  await expectSoundLayers(photo, job);
  await expectSoundDepth(photo, job);
  await expectTrueManifest(job);
  await expectReadablePsd(job, count);
}

async function expectSoundLayers(photo: Photo, job: JobResource): Promise<void> {
  const original = await pixelsOf(photo.bytes);
  const layers = await layersOf(job);
  for (const { width, height, channels } of layers) {
    expect({ width, height, channels }).toEqual({
      width: original.width,
      height: original.height,
      channels: 4,
    });
  }
  expect(layers[0]!.data.every((value, at) => at % 4 !== 3 || value === 255)).toBe(true);
  expect(psnr(composite(layers), original.data)).toBeGreaterThanOrEqual(40);
  const composed = await pixelsOf(await api.output(job.id, 'composite.png'));
  expect(psnr(composed.data, original.data)).toBeGreaterThanOrEqual(40);
}

async function expectSoundDepth(photo: Photo, job: JobResource): Promise<void> {
  const { width, height } = await pixelsOf(photo.bytes);
  const depth = await api.output(job.id, 'depth.png');
  // The header of a PNG: width and height at 16, bit depth at 24, colour type (0 = grey) at 25.
  const header = [depth.readUInt32BE(16), depth.readUInt32BE(20), depth[24], depth[25]];
  expect(header).toEqual([width, height, 16, 0]);
}

async function expectTrueManifest(job: JobResource): Promise<void> {
  const manifest = JSON.parse((await api.output(job.id, 'layer_manifest.json')).toString()) as Manifest;
  expect(manifest.layers.map(({ file }) => file)).toEqual(
    job.outputs.filter(isLayer).map(({ name }) => name),
  );
  for (const { file, sha256 } of manifest.layers) {
    const bytes = await api.output(job.id, file);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
  }
  for (const { id, weights } of manifest.models) {
    const known = findModel(id)!.weights.map(({ sha256 }) => sha256);
    expect(weights.map(({ sha256 }) => sha256)).toEqual(known);
  }
  expect(manifest.models.length).toBeGreaterThanOrEqual(3);
}

function noCanvas(): never {
  expect.unreachable('No canvas is needed to read this.');
}

async function expectReadablePsd(job: JobResource, count: number): Promise<void> {
  initializeCanvas(noCanvas, (width, height) => {
    return {
      width,
      height,
      data: new Uint8ClampedArray(width * height * 4),
      colorSpace: 'srgb',
    } as ImageData;
  });
  const psd = readPsd(await api.output(job.id, 'layers.psd'), { useImageData: true });
  const names = expectedLayers(count).map((name) => name.replace('.png', ''));
  expect(psd.children?.map(({ name }) => name)).toEqual(names);
}

describe('a photo submitted over HTTP becomes layers', () => {
  test('a drawn one, in four layers', async () => {
    const photo = await drawnPhoto();
    await expectLayers(await submitted(photo, 4), photo, 4);
  });

  test.each([2, 8])('a drawn one, in %i layers', async (count) => {
    const photo = await drawnPhoto(400, 300);
    await expectLayers(await submitted(photo, count), photo, count);
  });

  test.skipIf(!hasSharedPhotos)('every photo beside the repository', async () => {
    const photos = await sharedPhotos();
    const ids: string[] = [];
    for (const photo of photos) ids.push(await submitted(photo, 4));
    for (const [at, photo] of photos.entries()) await expectLayers(ids[at]!, photo, 4);
  });
});

test('metadata goes, and the orientation it asked for is applied', async () => {
  const { default: sharp } = await import('sharp');
  const { bytes } = await drawnPhoto(400, 300);
  const turned = await sharp(bytes)
    .withExif({ IFD0: { Artist: 'Somebody' } })
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const { id } = await api.generate({ name: 'turned.jpg', type: 'image/jpeg', bytes: turned });
  const job = await api.untilStatus(id, 'completed');
  const result = await api.output(job.id, 'composite.png');
  const { width, height, exif } = await sharp(result).metadata();
  expect({ width, height, exif }).toEqual({ width: 300, height: 400, exif: undefined });
});

test('a running job says how far it is, and a finished one what it took', async () => {
  const { id } = await api.generate(await drawnPhoto());
  const running = await api.untilStage(id, 'fill');
  expect(running.progress.stages_done).toBe(2);
  expect(running.progress.value).toBeGreaterThan(0);
  const { metrics, progress } = await api.untilStatus(id, 'completed');
  expect(progress.value).toBe(1);
  expect(Object.keys(metrics!.stage_ms)).toEqual(['depth', 'cut', 'fill', 'compose']);
});

test('a job can be followed to its end, and be waited for, over HTTP', async () => {
  const { id } = await api.generate(await drawnPhoto(400, 300));
  const answer = await api.fetch(`/api/v1/jobs/${id}/events`, { headers: { 'Accept-Encoding': 'gzip' } });
  expect(answer.headers.get('content-encoding')).toBeNull();
  const events = [];
  for await (const event of readEvents(answer)) events.push(event);
  const names = events.flatMap(({ event }) => event ?? []);
  expect(names[0]).toBe('snapshot');
  expect(names).toContain('progress');
  const end = events.at(-1)!;
  const done = await api.job(id);
  expect(end).toMatchObject({ event: 'status', data: { status: 'completed' } });
  expect(events.filter(({ event }) => event === 'output').map(({ data }) => data)).toEqual(done.outputs);
  const again = { headers: { 'Last-Event-ID': end.id! } };
  expect((await api.fetch(`/api/v1/jobs/${id}/events`, again)).status).toBe(204);

  const waited = await api.submit(await drawnPhoto(400, 300), { num_layers: '2' }, { Prefer: 'wait=60' });
  expect(waited.status).toBe(200);
  expect(await waited.json()).toMatchObject({ status: 'completed' });
});

/** Where webhooks are well received. */
const receiver = () => serve((_request, response) => void response.writeHead(204).end());

describe('the examples of the reference', () => {
  test('for a shell', async () => {
    await expectShellExamples(await Api.create(studio, 'admin'), await receiver());
  });

  test('in TypeScript', async () => {
    await expectTypeScriptExamples(await Api.create(studio, 'admin'), await receiver());
  });

  test('a message is known as ours, and one that was changed on its way is not', async () => {
    const messages: { headers: IncomingHttpHeaders; body: string }[] = [];
    const url = await serve(async (request, response) => {
      messages.push({ headers: request.headers, body: await text(request) });
      response.writeHead(204).end();
    });
    const { id, secret } = await api.client.call('createWebhook', { body: { url } });
    await api.client.call('testWebhook', { params: { id } });
    const { headers, body } = await waitFor('a message', () => messages[0]);
    expect(messageOf(secret, headers, body)).toMatchObject({ type: 'ping', data: { webhook_id: id } });
    expect(messageOf(secret, headers, body.replace('ping', 'pong'))).toBeNull();
  });
});

async function cutoutForm(): Promise<RequestInit> {
  const { name, type, bytes } = await drawnPhoto(100, 80);
  const body = new FormData();
  body.append('pipeline', 'cutout');
  body.append('image', new Blob([bytes as BlobPart], { type }), name);
  return { method: 'POST', body };
}

test('what addresses were called before still leads to what they are called now', async () => {
  const ask = async (path: string, init?: RequestInit) => {
    const answer = await api.fetch(path, init);
    return { status: answer.status, body: (await answer.json()) as JobResource };
  };
  const post = (path: string) => ask(path, { method: 'POST' });
  const { status, body: made } = await ask('/api/jobs/upload', await cutoutForm());
  expect(status).toBe(202);
  const job = await api.untilStatus(made.id, 'completed');
  for (const path of ['/api/v1/status/', '/api/v1/queue/', '/api/jobs/']) {
    expect(await ask(path + job.id), path).toMatchObject({ status: 200, body: { id: job.id } });
  }
  expect(await ask('/api/jobs?limit=1')).toMatchObject({ status: 200, body: { items: [{ id: job.id }] } });
  expect(await ask('/api/v1/queue/status?limit=1')).toMatchObject({ body: { tasks: [{ id: job.id }] } });
  const file = await api.fetch(`/api/jobs/${job.id}/download/cutout.png?download=1`);
  expect(file.headers.get('content-disposition')).toMatch(/^attachment/);
  expect(Buffer.from(await file.arrayBuffer())).toEqual(await api.output(job.id, 'cutout.png'));

  await post('/api/v1/queue/stop');
  const { body: other } = await ask('/api/v1/queue/add', await cutoutForm());
  expect(await post(`/api/v1/queue/${other.id}/cancel`)).toMatchObject({ body: { status: 'cancelled' } });
  expect(await post(`/api/jobs/${other.id}/retry`)).toMatchObject({ body: { status: 'pending' } });
  expect(await post(`/api/v1/cancel/${other.id}`)).toMatchObject({ body: { status: 'cancelled' } });
  expect(await post('/api/v1/queue/process')).toMatchObject({ status: 200, body: { paused: null } });
  for (const path of [`/api/v1/queue/${other.id}`, `/api/jobs/${job.id}`]) {
    expect((await api.fetch(path, { method: 'DELETE' })).status, path).toBe(204);
  }
});

test.each(['/api/v1/jobs/%ff', '/api/jobs/%ff', '/jobs/%ff', '/batches/%c3', '/%ff'])(
  'an address that cannot be read is a problem of its sender: %s',
  async (path) => {
    const answer = await api.fetch(path);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([404, 'application/problem+json']);
  },
);

/* The last: what waits has to go on waiting, and in the end there is no web process either. */
describe('without a worker', () => {
  beforeAll(() => studio.stopWorker());

  test('clients that go away leave their places to others', async () => {
    const { id } = await api.generate(await drawnPhoto(400, 300));
    const leaving = new AbortController();
    const connect = () => api.fetch(`/api/v1/jobs/${id}/events`, { signal: leaving.signal });
    for (let n = 0; n < 20; n++) expect((await connect()).status).toBe(200);
    expect((await connect()).status).toBe(429);
    leaving.abort();
    const answer = await waitFor('a place', async () => {
      const tried = await api.fetch(`/api/v1/jobs/${id}/events`);
      return tried.status === 200 ? tried : null;
    });
    const events = readEvents(answer);
    await events.next();
    expect((await events.next()).value).toMatchObject({ event: 'snapshot', data: { status: 'pending' } });
    await api.post(`/api/v1/jobs/${id}/cancel`);
    expect((await events.next()).value).toMatchObject({ event: 'status', data: { status: 'cancelled' } });
  });

  test('a web process that is asked to leave ends what it tells, and goes', async () => {
    const { id } = await api.generate(await drawnPhoto(400, 300));
    const answer = await api.fetch(`/api/v1/jobs/${id}/events`);
    const web = studio.web!;
    const events = readEvents(answer);
    await events.next();
    web.kill('SIGTERM');
    const [code] = await once(web, 'exit');
    expect(code).toBe(143);
    for await (const { event } of events) expect(event).toBe('snapshot');
  });
});
