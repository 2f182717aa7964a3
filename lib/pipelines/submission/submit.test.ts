import { createReadStream, existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { batches } from '#lib/db/schema/batches';
import { jobs } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import { DiskStore } from '#lib/media/store/disk-store';
import { receiveFile } from '#lib/media/receive';
import { testDatabase } from '#tests/database';
import { makeBatch, makeUpload, makeUser, NOW } from '#tests/factories';
import { drawPicture } from '#tests/images';
import { temporaryFolder } from '#tests/temporary-folder';
import { photoRealistic } from '../photo-realistic.ts';
import type { PipelineDeclaration } from '../pipeline.ts';
import type { Submission } from './submission.ts';
import { submitBatch } from './submit-batch.ts';
import { submitJob } from './submit.ts';

const PIPELINE: Submission['fields'][number] = ['pipeline', 'photo-realistic'];

let db: Database;
let store: DiskStore;
let actor: Actor;

beforeEach(async () => {
  db = await testDatabase();
  store = new DiskStore(temporaryFolder());
  actor = await makeUser(db);
});

async function photoSubmission(width = 80): Promise<Submission> {
  const path = join(temporaryFolder(), 'photo.png');
  await writeFile(path, await drawPicture(width, 80).png().toBuffer());
  const file = await receiveFile(store, createReadStream(path), 1_000_000);
  return { fields: [PIPELINE], files: [{ field: 'image', filename: 'photo.png', claim: null, file }] };
}

/** The database, with something done before or after each batch: a request's one batch puts its job in the queue. */
function around({
  before,
  after,
}: {
  before?: () => Promise<void>;
  after?: (real: Database) => void;
}): Database {
  let isBatched = false;
  const batch: Database['batch'] = async (statements) => {
    await before?.();
    const results = await db.batch(statements);
    isBatched = true;
    return results;
  };
  return new Proxy(db, {
    get: (target, name: keyof Database) => {
      if (name === 'batch') return batch;
      if (isBatched) after?.(target);
      return target[name];
    },
  });
}

test('an upload that goes between the check and the queue is said of its field', async () => {
  const upload = await makeUpload(db, actor);
  const racing = around({ before: async () => void (await db.delete(uploads)) });
  const submission: Submission = { fields: [PIPELINE, ['image_upload_id', upload.id]], files: [] };
  await expect(submitJob(racing, store, actor, submission, NOW)).rejects.toMatchObject({
    code: 'validation_failed',
    fields: [{ pointer: '/image_upload_id', code: 'not_found' }],
  });
  expect(await db.$count(jobs)).toBe(0);
});

test('a batch that goes between the check and the queue is said of its field', async () => {
  const { id } = await makeBatch(db, actor);
  const racing = around({ before: async () => void (await db.delete(batches)) });
  const { files } = await photoSubmission();
  await expect(
    submitJob(racing, store, actor, { fields: [['batch_id', id]], files }, NOW),
  ).rejects.toMatchObject({
    code: 'validation_failed',
    fields: [{ pointer: '/batch_id', code: 'not_found' }],
  });
  expect([await db.$count(jobs), await db.$count(uploads), await store.list('uploads')]).toEqual([0, 0, []]);
});

test('a batch from which an upload goes before it is made is not made at all', async () => {
  const upload = await makeUpload(db, actor);
  const racing = around({ before: async () => void (await db.delete(uploads)) });
  const submission: Submission = { fields: [PIPELINE, ['image_upload_ids', [upload.id]]], files: [] };
  await expect(submitBatch(racing, store, actor, submission, NOW)).rejects.toMatchObject({
    code: 'conflict',
  });
  expect([await db.$count(jobs), await db.$count(batches)]).toEqual([0, 0]);
});

test('a batch that the database cannot take leaves none of its pictures', async () => {
  const { files } = await photoSubmission();
  const sent = files.map((file) => ({ ...file, field: 'images' }));
  const full = new Error('The disk is full');
  const failing = around({ before: () => Promise.reject(full) });
  await expect(submitBatch(failing, store, actor, { fields: [PIPELINE], files: sent }, NOW)).rejects.toBe(
    full,
  );
  expect([await db.$count(uploads), await store.list('uploads'), existsSync(sent[0]!.file.path)]).toEqual([
    0,
    [],
    false,
  ]);
});

test('a job that is queued keeps its picture, though it cannot be shown', async () => {
  const busy = Object.assign(new Error('busy'), { code: 'SQLITE_BUSY' });
  const locked = around({
    after: () => {
      throw busy;
    },
  });
  await expect(submitJob(locked, store, actor, await photoSubmission(), NOW)).rejects.toBe(busy);
  expect(await db.$count(jobs)).toBe(1);
  expect(await db.$count(uploads)).toBe(1);
  expect(await store.list('uploads')).toHaveLength(1);
});

test('a request that cannot be queued says why, also where its picture cannot be removed', async () => {
  const full = new Error('The disk is full');
  const failing = around({
    before: async () => {
      await db.$client.execute('PRAGMA query_only=ON');
      throw full;
    },
  });
  await expect(submitJob(failing, store, actor, await photoSubmission(), NOW)).rejects.toBe(full);
  await db.$client.execute('PRAGMA query_only=OFF');
  expect(await db.$count(jobs)).toBe(0);
});

const reviewWidth: PipelineDeclaration['review'] = ({ images: { image } }) => ({
  errors: image!.width > image!.height ? [{ pointer: '/image', code: 'wide', message: 'Too wide.' }] : [],
  warnings: ['It was looked at.'],
});

/** Has the pipeline refuse pictures that are wider than they are high, until the test ends. */
function refuseWide(): void {
  Object.assign(photoRealistic, { review: reviewWidth });
  onTestFinished(() => void delete photoRealistic.review);
}

test('a picture of a batch that does not fit its setting is refused by itself, and not kept', async () => {
  refuseWide();
  const photos = await Promise.all([photoSubmission(), photoSubmission(90), photoSubmission(70)]);
  const files = photos.flatMap((photo) => photo.files).map((file) => ({ ...file, field: 'images' }));
  const batch = await submitBatch(db, store, actor, { fields: [PIPELINE], files }, NOW);
  expect(await db.select().from(batches)).toMatchObject([
    { id: batch.id, refused: [{ position: 1, error: { code: 'validation_failed', message: 'Too wide.' } }] },
  ]);
  const taken = await db.select().from(jobs).orderBy(jobs.batchPosition);
  expect(taken.map(({ batchPosition }) => batchPosition)).toEqual([0, 2]);
  expect(taken[0]!.warnings).toEqual(['It was looked at.']);
  expect([await db.$count(uploads), (await store.list('uploads')).length]).toEqual([2, 2]);
});

test('one that comes to a batch later is refused likewise, and the batch keeps word of it', async () => {
  refuseWide();
  const { id } = await makeBatch(db, actor);
  const { files } = await photoSubmission(90);
  await expect(submitJob(db, store, actor, { fields: [['batch_id', id]], files }, NOW)).rejects.toMatchObject(
    { fields: [{ pointer: '/image', code: 'wide' }] },
  );
  expect(await db.select().from(batches)).toMatchObject([
    { refused: [{ position: 0, filename: 'photo.png', error: { message: 'Too wide.' } }] },
  ]);
  expect([await db.$count(jobs), await db.$count(uploads), await store.list('uploads')]).toEqual([0, 0, []]);
});

test('a batch has no use for a model that needs two pictures of each job', async () => {
  const { files } = await photoSubmission();
  const sent = files.map((file) => ({ ...file, field: 'images' }));
  const fields: Submission['fields'] = [
    ['pipeline', 'i2v'],
    ['model', 'rife'],
  ];
  await expect(submitBatch(db, store, actor, { fields, files: sent }, NOW)).rejects.toMatchObject({
    fields: [{ pointer: '/model', code: 'not_batchable' }],
  });
});
