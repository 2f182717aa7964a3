import { emptyStudio, kept, NOTHING } from '#tests/studio-folder';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GET as getBatch } from './[id]/route.ts';
import { POST as postBatch } from './route.ts';
import { POST as generate } from '#app/api/v1/generate/route';
import { settings } from '#lib/config/settings';
import { database } from '#lib/db/connection';
import type { BatchResource } from '#lib/jobs/batches/batch-resource';
import type { JobResource } from '#lib/jobs/resource';
import { ApiClient, refusedFields } from '#tests/api-client';
import { makeBatch } from '#tests/factories';
import { drawPicture } from '#tests/images';

type Field = [string, string | Blob];

const SETTING = { pipeline: 'photo-realistic', num_layers: 3, priority: -1 };

let anna: ApiClient;

beforeEach(async () => {
  anna = await ApiClient.create(await database());
});
afterEach(emptyStudio);

async function openBatch(owner = anna): Promise<BatchResource> {
  return (await (await owner.postJson(postBatch, SETTING)).json()) as BatchResource;
}

async function batchNow(id: string): Promise<BatchResource> {
  return (await (await anna.call(getBatch, { params: { id } })).json()) as BatchResource;
}

/** POST /generate with a photo for the batch. */
async function send(batchId: string, ...fields: Field[]): Promise<Response> {
  const photo = new Blob([new Uint8Array(await drawPicture(80, 70).png().toBuffer())]);
  return anna.post(generate, [['image', photo], ['batch_id', batchId], ...fields]);
}

test('takes photos one by one, each under its setting and at the next place', async () => {
  const batch = await openBatch();
  expect(batch).toMatchObject({ total: 0, progress: 0, items: [] });
  const answers = await Promise.all([1, 2, 3].map(() => send(batch.id, ['model', ''])));
  const made = await Promise.all(answers.map((answer) => answer.json() as Promise<JobResource>));
  for (const job of made) {
    expect(job).toMatchObject({ batch_id: batch.id, params: { num_layers: 3 }, priority: -1 });
  }
  const { items } = await batchNow(batch.id);
  expect(items.map(({ position }) => position)).toEqual([0, 1, 2]);
  expect(items.map((item) => item.job_id).sort()).toEqual(made.map(({ id }) => id).sort());
});

test('takes a photo that says the same setting over, and refuses another', async () => {
  const { id } = await openBatch();
  const said: Field[] = [
    ['pipeline', 'photo-realistic'],
    ['model', 'auto'],
    ['num_layers', '3'],
  ];
  expect((await send(id, ...said, ['priority', '-1'])).status).toBe(202);
  const other = await send(id, ['model', 'fastdepth'], ['num_layers', '4'], ['priority', '-2']);
  const conflicts = ['/model conflict', '/num_layers conflict', '/priority conflict'];
  expect((await refusedFields(other)).sort()).toEqual(conflicts);
  expect(await kept()).toEqual({ jobs: 1, uploads: 1, files: 1 });
});

test('refuses a prompt in the place of a photo', async () => {
  const cutouts = await anna.postJson(postBatch, { pipeline: 'cutout' });
  const { id } = (await cutouts.json()) as BatchResource;
  const words = { pipeline: 't2v', prompt: 'a small red circle moves left', batch_id: id };
  expect(await refusedFields(await anna.post(generate, Object.entries(words)))).toEqual([
    '/pipeline conflict',
  ]);
});

test('tells of a photo that was refused', async () => {
  const { id } = await openBatch();
  const answer = await anna.post(generate, [
    ['image', new File(['hello'], 'hello.txt')],
    ['batch_id', id],
  ]);
  expect(answer.status).toBe(415);
  const error = { code: 'unsupported_media_type' };
  expect(await batchNow(id)).toMatchObject({
    total: 1,
    items: [{ position: 0, filename: 'hello.txt', status: 'refused', error }],
  });
  expect(await kept()).toEqual(NOTHING);
});

test('needs a picture for each job', async () => {
  const { id } = await openBatch();
  expect(await refusedFields(await anna.postJson(generate, { batch_id: id }))).toEqual(['/image required']);
});

async function fullBatch(): Promise<string> {
  const error = { code: 'image_unreadable', message: 'No.', suggestion: null };
  const refused = [{ position: settings().batchPictures - 1, filename: 'a.png', error }];
  return (await makeBatch(await database(), anna.actor, { refused })).id;
}

test.each([
  ['that is not there', async () => '019a9f00-0000-7000-8000-000000000000', 'not_found'],
  ['that is none', async () => 'x', 'invalid'],
  [
    'of another person',
    async () => (await openBatch(await ApiClient.create(await database()))).id,
    'not_found',
  ],
  ['that is full', fullBatch, 'full'],
])('one %s takes nothing', async (_name, make, code) => {
  const answer = await send(await make());
  expect([answer.status, await refusedFields(answer)]).toEqual([422, [`/batch_id ${code}`]]);
  expect(await kept()).toEqual(NOTHING);
});
