import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { jobFolder } from '#lib/jobs/files';
import { DiskStore } from '#lib/media/store/disk-store';
import { uploadKey } from '#lib/media/store/file-key';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { storeJob, storeUpload } from '#tests/stored-things';
import { temporaryFolder } from '#tests/temporary-folder';
import { discardFinishedJobs, discardJob } from './discard.ts';

let db: Database;
let store: DiskStore;
let anna: Actor;

beforeEach(async () => {
  db = await testDatabase();
  store = new DiskStore(temporaryFolder());
  anna = await makeUser(db);
});

test('a job goes with its files and the pictures sent for it; one that was uploaded by itself stays', async () => {
  const [sent, kept] = [
    await storeUpload(db, store, anna, 'sent'),
    await storeUpload(db, store, anna, 'kept', { kept: true }),
  ];
  const { id } = await storeJob(db, store, anna, { status: 'completed' }, { takes: [sent, kept] });
  await discardJob(db, store, anna, id);
  expect(await store.list('jobs')).toEqual([]);
  expect(await store.list('uploads')).toEqual([uploadKey(kept.sha256)]);
  await expect(discardJob(db, store, anna, id)).rejects.toMatchObject({ code: 'not_found' });
});

test.each(['pending', 'processing'] as const)('a %s job loses nothing to its deletion', async (status) => {
  const { id } = await storeJob(db, store, anna, { status });
  await expect(discardJob(db, store, anna, id)).rejects.toMatchObject({ code: 'conflict' });
  expect(await store.list(jobFolder(id))).toHaveLength(1);
});

test('a clear takes every finished job of its owner, however many, and no other', async () => {
  for (let number = 0; number < 450; number++) await makeJob(db, anna, { status: 'failed' });
  await storeJob(db, store, anna, { status: 'completed' });
  const waiting = await storeJob(db, store, anna, { status: 'pending' });
  const bert = await makeUser(db);
  const his = await storeJob(db, store, bert, { status: 'completed' });
  expect(await discardFinishedJobs(db, store, anna, NOW)).toBe(451);
  expect((await db.select({ id: jobs.id }).from(jobs)).map(({ id }) => id)).toEqual([waiting.id, his.id]);
  expect(await store.list('jobs')).toHaveLength(2);
});
