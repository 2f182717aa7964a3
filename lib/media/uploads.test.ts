import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobInputs } from '#lib/db/schema/jobs';
import { testDatabase } from '#tests/database';
import { makeJob, makeUpload, makeUser, NOW } from '#tests/factories';
import { drawPicture } from '#tests/images';
import { temporaryFolder } from '#tests/temporary-folder';
import { DiskStore } from './store/disk-store.ts';
import { uploadKey } from './store/file-key.ts';
import { takeIn } from './intake.ts';
import { getUpload } from './queries.ts';
import { receiveFile } from './receive.ts';
import { discardUpload, toUploadResource } from './uploads.ts';

async function setUp() {
  const db = await testDatabase();
  const store = new DiskStore(temporaryFolder());
  return { db, store, anna: await makeUser(db), bert: await makeUser(db) };
}

async function upload(db: Database, store: DiskStore, actor: Actor, filename = 'photo.png') {
  const file = await receiveFile(store, Readable.from([await drawPicture(80, 70).png().toBuffer()]), 100_000);
  return takeIn(db, store, actor, { field: 'image', filename, claim: null, file }, NOW);
}

test('an upload records what the picture is, and is nobody else’s', async () => {
  const { db, store, anna, bert } = await setUp();
  const { id } = await upload(db, store, anna, '../../etc/\u0007Sommer.png');
  expect(await getUpload(db, anna, id)).toMatchObject({
    filename: 'Sommer.png',
    format: 'png',
    width: 80,
    height: 70,
    mode: 'srgb',
    hasAlpha: false,
    storedAt: NOW,
  });
  await expect(getUpload(db, bert, id)).rejects.toMatchObject({ code: 'not_found' });
});

test('its resource tells the shape of the picture, and what it takes to work on', async () => {
  const { db, anna } = await setUp();
  const upload = await makeUpload(db, anna, { width: 1920, height: 1082 });
  expect(toUploadResource(upload)).toMatchObject({
    aspect_ratio: 1.7745,
    pixel_count: 2_077_440,
    memory_estimate_bytes: 8_309_760,
    stored_at: '2026-01-01T00:00:00.000Z',
  });
});

test('the same picture sent by two is stored once, and stays until the last of them lets go', async () => {
  const { db, store, anna, bert } = await setUp();
  const hers = await upload(db, store, anna);
  const his = await upload(db, store, bert);
  expect(await store.list('uploads')).toEqual([uploadKey(hers.sha256)]);
  await discardUpload(db, store, anna, hers.id);
  expect(await store.list('uploads')).toHaveLength(1);
  await discardUpload(db, store, anna, his.id);
  expect(await store.list('uploads')).toHaveLength(1);
  await discardUpload(db, store, bert, his.id);
  expect(await store.list('uploads')).toEqual([]);
});

test('an upload that a job takes is not discarded', async () => {
  const { db, store, anna } = await setUp();
  const { id: uploadId } = await upload(db, store, anna);
  const { id: jobId } = await makeJob(db, anna);
  await db.insert(jobInputs).values({ jobId, role: 'image', uploadId });
  await discardUpload(db, store, anna, uploadId);
  expect(await store.list('uploads')).toHaveLength(1);
  expect(await getUpload(db, anna, uploadId)).toMatchObject({ id: uploadId });
});

test('sent again while it is discarded, a picture is there in the end', async () => {
  const { db, store, anna, bert } = await setUp();
  for (let round = 0; round < 20; round++) {
    const old = await upload(db, store, anna);
    const [, fresh] = await Promise.all([discardUpload(db, store, anna, old.id), upload(db, store, bert)]);
    expect(await store.stat(uploadKey(fresh.sha256))).not.toBeNull();
    await discardUpload(db, store, bert, fresh.id);
  }
});
