import { emptyStudio } from '#tests/studio-folder';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GET as getArchive } from './archive/route.ts';
import { POST as cancel } from './cancel/route.ts';
import { POST as pause } from './pause/route.ts';
import { POST as resume } from './resume/route.ts';
import { POST as retryFailed } from './retry-failed/route.ts';
import { GET as getBatch } from './route.ts';
import { GET as listBatches } from '#app/api/v1/batches/route';
import { DELETE as deleteJob } from '#app/api/v1/jobs/[id]/route';
import { GET as listJobs } from '#app/api/v1/jobs/route';
import { POST as clear } from '#app/api/v1/queue/clear/route';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import type { BatchResource } from '#lib/jobs/batches/batch-resource';
import { ApiClient } from '#tests/api-client';
import { makeBatch, makeJob } from '#tests/factories';

const VERBS = { cancel, pause, resume, retryFailed };

let db: Database;
let anna: ApiClient;

beforeEach(async () => {
  db = await database();
  anna = await ApiClient.create(db);
});
afterEach(emptyStudio);

async function batchNow(id: string): Promise<BatchResource> {
  return (await (await anna.call(getBatch, { params: { id } })).json()) as BatchResource;
}

async function apply(verb: keyof typeof VERBS, id: string) {
  const answer = await anna.call(VERBS[verb], { params: { id }, method: 'POST' });
  expect(answer.status).toBe(200);
  const { paused, counts } = (await answer.json()) as BatchResource;
  return { paused, ...counts };
}

async function list(query = '') {
  const answer = await anna.call(listBatches, { query });
  return (await answer.json()) as { items: { id: string }[]; next_cursor: string | null };
}

test('every verb is answered with what the batch is then', async () => {
  const { id } = await makeBatch(db, anna.actor);
  for (const [batchPosition, status] of (['pending', 'failed', 'completed'] as const).entries()) {
    await makeJob(db, anna.actor, { status, batchId: id, batchPosition });
  }
  expect(await apply('pause', id)).toMatchObject({ paused: true, pending: 1, failed: 1 });
  expect((await batchNow(id)).items[0]!.waiting_reason).toBe('Its batch is paused');
  expect(await apply('retryFailed', id)).toMatchObject({ paused: true, pending: 2, failed: 0 });
  expect(await apply('resume', id)).toMatchObject({ paused: false, pending: 2 });
  expect(await apply('cancel', id)).toMatchObject({ pending: 0, cancelled: 2, completed: 1 });
  expect(await apply('cancel', id)).toMatchObject({ cancelled: 2, completed: 1 });
  expect(await apply('retryFailed', id)).toMatchObject({ cancelled: 2, completed: 1 });
});

test("another person's batch is not there, for any verb, and not listed", async () => {
  const bert = await ApiClient.create(db);
  const { id } = await makeBatch(db, anna.actor);
  await makeJob(db, anna.actor, { batchId: id, batchPosition: 0 });
  const before = await batchNow(id);
  for (const given of [id, 'x', '../../x']) {
    const params = { id: given };
    const reads = [getBatch, getArchive].map((route) => bert.call(route, { params }));
    const writes = Object.values(VERBS).map((verb) => bert.call(verb, { params, method: 'POST' }));
    const answers = await Promise.all([...reads, ...writes]);
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(404));
  }
  expect(await (await bert.call(listBatches)).json()).toEqual({ items: [], next_cursor: null });
  expect(await (await bert.call(listJobs, { query: `batch=${id}` })).json()).toMatchObject({ items: [] });
  expect(await batchNow(id)).toEqual(before);
});

test('its jobs are listed, and batches come in pages', async () => {
  const made = [];
  for (let count = 0; count < 3; count++) made.push(await makeBatch(db, anna.actor));
  const job = await makeJob(db, anna.actor, { batchId: made[0]!.id, batchPosition: 0 });
  await makeJob(db, anna.actor);
  const listed = await anna.call(listJobs, { query: `batch=${made[0]!.id}` });
  expect(await listed.json()).toMatchObject({ items: [{ id: job.id, batch_id: made[0]!.id }] });
  const first = await list('limit=2');
  const second = await list(`limit=2&cursor=${first.next_cursor}`);
  const ids = [...first.items, ...second.items].map(({ id }) => id);
  expect(ids).toEqual(made.map(({ id }) => id).toReversed());
  expect([second.next_cursor, 'items' in first.items[0]!]).toEqual([null, false]);
  expect((await anna.call(listBatches, { query: 'limit=0' })).status).toBe(422);
  expect((await anna.call(listBatches, { query: 'status=failed' })).status).toBe(422);
});

test('it goes with its last job, and what it says of refused pictures when the queue is cleared', async () => {
  const error = { code: 'image_unreadable', message: 'No.', suggestion: null };
  const refused = [{ position: 1, filename: 'a.png', error }];
  const [whole, telling] = [await makeBatch(db, anna.actor), await makeBatch(db, anna.actor, { refused })];
  for (const batch of [whole, telling]) {
    const place = { batchId: batch.id, batchPosition: 0 };
    const { id } = await makeJob(db, anna.actor, { status: 'completed', ...place });
    expect((await anna.call(deleteJob, { params: { id }, method: 'DELETE' })).status).toBe(204);
  }
  expect((await list()).items.map(({ id }) => id)).toEqual([telling.id]);
  await anna.call(clear, { method: 'POST' });
  expect((await list()).items).toEqual([]);
});
