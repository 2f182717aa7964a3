import { emptyStudio, kept, NOTHING } from '#tests/studio-folder';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { POST as generate } from './route.ts';
import { POST as postBatch } from '#app/api/v1/batches/route';
import { batchRehearsalSchema, jobRehearsalSchema } from '#lib/api/resources/dry-run';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { batches } from '#lib/db/schema/batches';
import { idempotencyKeys } from '#lib/db/schema/idempotency';
import { recordRunTime } from '#lib/jobs/estimates/run-times';
import { startQueue, stopQueue } from '#lib/jobs/queue-control';
import { registerHeartbeat, removeWorker } from '#lib/jobs/workers';
import type { JobResource } from '#lib/jobs/resource';
import type { JobRehearsal } from '#lib/pipelines/submission/rehearse';
import { ApiClient, refusedFields } from '#tests/api-client';
import { drawPicture } from '#tests/images';

type Field = [string, string | Blob];

const PIPELINE: Field = ['pipeline', 'photo-realistic'];

let db: Database;
let anna: ApiClient;

beforeEach(async () => {
  db = await database();
  anna = await ApiClient.create(db);
});
afterEach(emptyStudio);

async function photo(width = 80): Promise<Blob> {
  return new Blob([new Uint8Array(await drawPicture(width, 70).png().toBuffer())]);
}

const send = async (fields: Field[], dryRun = 'true', headers: Record<string, string> = {}) => {
  const body = new FormData();
  for (const [name, value] of fields) body.append(name, value);
  return anna.call(generate, { method: 'POST', body, headers, query: `dry_run=${dryRun}` });
};

async function rehearse(...more: Field[]): Promise<JobRehearsal> {
  const answer = await send([['image', await photo()], PIPELINE, ...more]);
  expect(answer.status).toBe(200);
  const body = (await answer.json()) as JobRehearsal;
  expect(jobRehearsalSchema.parse(body)).toEqual(body);
  return body;
}

test('a dry run says what the job would be, and leaves nothing', async () => {
  const rehearsal = await rehearse(['priority', '-2']);
  expect(rehearsal).toMatchObject({
    dry_run: true,
    pipeline: 'photo-realistic',
    model: 'auto',
    params: { num_layers: 4 },
    priority: -2,
    forced: [],
    warnings: [],
    inputs: [{ role: 'image', width: 80, height: 70, content_type: 'image/png' }],
    queue_position: 1,
    eta_seconds: null,
    quotas: { pending_jobs: { used: 0 }, stored_bytes: { used: 0 } },
  });
  expect(await kept()).toEqual(NOTHING);
  const made = (await (await send([['image', await photo()], PIPELINE], 'false')).json()) as JobResource;
  expect(made.params).toEqual(rehearsal.params);
});

test('the models that would run are told, with what they lack and need', async () => {
  const { models, weights, memory } = await rehearse();
  expect(models!.map(({ task }) => task)).toEqual(['depth', 'matte', 'inpainting']);
  expect(weights!.missing.length > 0).toBe(weights!.write_bytes > 0);
  expect(weights!.missing.every(({ model }) => models!.some(({ id }) => id === model))).toBe(true);
  expect(weights!.fits).toBe(weights!.write_bytes <= weights!.free_bytes);
  expect(weights!.free_bytes).toBeGreaterThan(0);
  expect(memory!.available_bytes).toBeGreaterThan(0);
});

test('what a model forces is told beside what was asked for', async () => {
  const answer = await anna.call(generate, {
    method: 'POST',
    body: new URLSearchParams([
      ['pipeline', 't2v'],
      ['model', 'wan-mini'],
      ['prompt', 'a small red circle'],
      ['width', '321'],
    ]),
    query: 'dry_run=true',
  });
  const { forced, params, warnings } = (await answer.json()) as JobRehearsal;
  const width = forced.find(({ name }) => name === 'width');
  expect(width).toEqual({ name: 'width', asked: 321, used: params['width'] });
  expect(warnings.length).toBeGreaterThan(0);
});

test('where it would stand, and how long it would take, as past runs were', async () => {
  const worker = { id: 'w', host: 'here', pid: 1, version: '0', capacity: 1, nudgePort: null };
  await registerHeartbeat(db, { ...worker, devices: [{ provider: 'cpu', note: null }] }, Date.now());
  const run = {
    host: 'here',
    device: 'cpu',
    pipeline: 'photo-realistic',
    model: 'auto',
    inputPixels: 80 * 70,
  };
  for (const seconds of [10, 20, 30, 40, 50]) {
    await recordRunTime(db, { ...run, stageMs: { depth: seconds * 1000 }, totalMs: seconds * 1000 });
  }
  expect(await rehearse()).toMatchObject({
    queue_position: 1,
    eta_seconds: { low: 14, expected: 30, high: 46 },
  });
  await send([['image', await photo()], PIPELINE], 'false');
  expect(await rehearse()).toMatchObject({ queue_position: 2, eta_seconds: { expected: 60 } });
  expect(await rehearse(['priority', '-1'])).toMatchObject({ queue_position: 2 });
  await removeWorker(db, 'w');
});

test('a stopped queue has no place for it', async () => {
  await stopQueue(db, anna.actor, Date.now());
  expect(await rehearse()).toMatchObject({ queue_position: null, eta_seconds: null });
  await startQueue(db, anna.actor);
});

test('what would be refused is refused alike, and nothing is left', async () => {
  const wrong = [['image', await photo(63)], PIPELINE] satisfies Field[];
  const [dry, real] = [await send(wrong), await send(wrong, 'false')];
  expect([dry.status, await refusedFields(dry)]).toEqual([real.status, await refusedFields(real)]);
  expect((await send([PIPELINE], 'perhaps')).status).toBe(422);
  expect(await kept()).toEqual(NOTHING);
});

test('a key under which nothing was made stays free', async () => {
  const fields = [['image', await photo()], PIPELINE] satisfies Field[];
  const key = { 'Idempotency-Key': 'order-1' };
  expect((await send(fields, 'true', key)).status).toBe(200);
  expect(await db.$count(idempotencyKeys)).toBe(0);
  expect((await send(fields, 'false', key)).status).toBe(202);
});

test('a batch is gone through picture by picture', async () => {
  const body = new FormData();
  for (const image of [await photo(), new Blob(['no picture']), await photo(90)])
    body.append('images', image, 'a.png');
  body.append('pipeline', 'photo-realistic');
  const answer = await anna.call(postBatch, { method: 'POST', body, query: 'dry_run=true' });
  const batch = batchRehearsalSchema.parse(await answer.json());
  expect(batch).toMatchObject({
    total: 3,
    refused: [{ position: 1, error: { code: 'unsupported_media_type' } }],
    params: { num_layers: 4 },
    queue_position: 1,
  });
  expect([await kept(), await db.$count(batches)]).toEqual([NOTHING, 0]);
});
