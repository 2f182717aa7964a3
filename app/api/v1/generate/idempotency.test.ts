import { emptyStudio, kept, NOTHING } from '#tests/studio-folder';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { POST as generate } from './route.ts';
import { GET as getBatch } from '#app/api/v1/batches/[id]/route';
import { POST as postBatch } from '#app/api/v1/batches/route';
import { DELETE as deleteJob } from '#app/api/v1/jobs/[id]/route';
import { POST as cancel } from '#app/api/v1/jobs/[id]/cancel/route';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { batches } from '#lib/db/schema/batches';
import { idempotencyKeys } from '#lib/db/schema/idempotency';
import { jobs } from '#lib/db/schema/jobs';
import type { BatchResource } from '#lib/jobs/batches/batch-resource';
import { pruneIdempotencyKeys } from '#lib/jobs/idempotency';
import type { JobResource } from '#lib/jobs/resource';
import { ApiClient } from '#tests/api-client';
import { drawPicture } from '#tests/images';

type Field = [string, string | Blob];

const KEY = { 'Idempotency-Key': 'order-66' };
const PIPELINE: Field = ['pipeline', 'photo-realistic'];
const ONE_OF_EACH = { jobs: 1, uploads: 1, files: 1 };

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

async function request(...more: Field[]): Promise<Field[]> {
  return [['image', await photo()], PIPELINE, ['num_layers', '3'], ...more];
}

async function answerOf(answer: Response) {
  const { status, headers } = answer;
  return {
    status,
    replayed: headers.get('idempotency-replayed'),
    retryAfter: headers.get('retry-after'),
    location: headers.get('location'),
    body: (await answer.json()) as JobResource & { code?: string },
  };
}

const send = async (fields: Field[], headers: Record<string, string> = KEY, owner = anna) =>
  answerOf(await owner.post(generate, fields, headers));

describe('a request sent again under its key', () => {
  test('is answered as the first time, whatever became of the job, and makes nothing', async () => {
    const first = await send(await request());
    expect(first).toMatchObject({ status: 202, replayed: null, body: { status: 'pending' } });
    await anna.call(cancel, { params: { id: first.body.id }, method: 'POST' });
    const again = await send((await request()).sort());
    expect(again).toEqual({ ...first, replayed: 'true' });
    expect(await kept()).toEqual(ONE_OF_EACH);
  });

  test('is answered by what it made, where the process ended before the answer was written down', async () => {
    const first = await send(await request());
    await db.update(idempotencyKeys).set({ answer: null });
    await anna.call(cancel, { params: { id: first.body.id }, method: 'POST' });
    const again = await send(await request());
    expect(again).toMatchObject({
      status: 202,
      replayed: 'true',
      location: first.location,
      body: { id: first.body.id, status: 'cancelled' },
    });
    await anna.call(deleteJob, { params: { id: first.body.id }, method: 'DELETE' });
    expect((await send(await request())).status).toBe(404);
  });

  test('is another request for another person, under another key, and once the key is forgotten', async () => {
    const bert = await ApiClient.create(db);
    await send(await request());
    await send(await request(), { 'Idempotency-Key': 'order-67' });
    await send(await request(), KEY, bert);
    expect(await pruneIdempotencyKeys(db, Date.now() - 60_000)).toBe(0);
    expect(await pruneIdempotencyKeys(db, Date.now() + 1)).toBe(3);
    await send(await request());
    expect(await kept()).toMatchObject({ jobs: 4, uploads: 4 });
  });

  test('is looked at anew where it was refused the first time', async () => {
    const wrong = await send([['image', new Blob(['hello'])], PIPELINE]);
    expect(wrong.status).toBe(415);
    expect(await send(await request())).toMatchObject({ status: 202, replayed: null });
    expect(await kept()).toEqual(ONE_OF_EACH);
  });

  test('is refused under a key that is none, before anything is read', async () => {
    for (const key of ['', 'two words', 'ü', 'x'.repeat(256)]) {
      const answer = await send(await request(), { 'Idempotency-Key': key });
      expect(answer).toMatchObject({ status: 400, body: { code: 'bad_request' } });
    }
    expect(await kept()).toEqual(NOTHING);
    expect((await send(await request(), { 'Idempotency-Key': 'x'.repeat(255) })).status).toBe(202);
  });
});

describe('another request under the same key is refused, and keeps nothing: one', () => {
  const others: [string, () => Promise<Field[]>][] = [
    ['with another field', () => request(['priority', '-1'])],
    ['with another value', async () => [['image', await photo()], PIPELINE, ['num_layers', '4']]],
    ['with another picture', async () => [['image', await photo(81)], PIPELINE, ['num_layers', '3']]],
    ['with its picture twice', async () => request(['image', await photo()])],
    ['that is wrong besides', async () => [['image', await photo()]]],
  ];
  test.each(others)('%s', async (_name, fields) => {
    await send(await request());
    const answer = await send(await fields());
    expect(answer).toMatchObject({ status: 422, replayed: null, body: { code: 'idempotency_mismatch' } });
    expect(await kept()).toEqual(ONE_OF_EACH);
  });

  test('of another kind', async () => {
    const fields = { pipeline: 'photo-realistic' };
    expect((await anna.postJson(postBatch, fields, KEY)).status).toBe(202);
    const answer = await answerOf(await anna.postJson(generate, fields, KEY));
    expect(answer).toMatchObject({ status: 422, body: { code: 'idempotency_mismatch' } });
  });
});

describe('twenty at once under one key', () => {
  test('make one job, of one set of files', async () => {
    const fields = await request();
    const answers = await Promise.all(Array.from({ length: 20 }, () => send(fields)));
    const made = answers.filter(({ status, replayed }) => status === 202 && replayed === null);
    expect(made).toHaveLength(1);
    const others = answers.filter((answer) => answer !== made[0]);
    expect(new Set(others.map(({ status, body }) => body.code ?? status))).toEqual(
      new Set(['idempotency_in_flight']),
    );
    expect(others.map(({ retryAfter }) => retryAfter)).toEqual(Array(19).fill('1'));
    expect(await send(fields)).toMatchObject({
      status: 202,
      replayed: 'true',
      body: { id: made[0]!.body.id },
    });
    expect(await kept()).toEqual(ONE_OF_EACH);
  });

  test('make one batch, of one set of files', async () => {
    const photos: Field[] = [
      ['images', await photo()],
      ['images', await photo(90)],
      ['images', new Blob(['hello'])],
    ];
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => anna.post(postBatch, [PIPELINE, ...photos], KEY)),
    );
    const made = answers.filter(({ status }) => status === 202);
    expect(made).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 409)).toHaveLength(19);
    const { id } = (await made[0]!.json()) as BatchResource;
    expect(await kept()).toEqual({ jobs: 2, uploads: 2, files: 2 });
    expect([await db.$count(batches), await db.$count(idempotencyKeys)]).toEqual([1, 1]);
    const batch = await anna.call(getBatch, { params: { id } });
    expect(await batch.json()).toMatchObject({ counts: { pending: 2, refused: 1 } });
  });
});

test('a key outlives the job it made', async () => {
  const { body } = await send(await request());
  await db.delete(jobs);
  expect(await send(await request())).toMatchObject({ status: 202, replayed: 'true', body: { id: body.id } });
});
