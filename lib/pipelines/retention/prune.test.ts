import { beforeEach, expect, test } from 'vitest';
import type { Retention } from '#lib/config/retention';
import type { Actor } from '#lib/core/actor';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { batches } from '#lib/db/schema/batches';
import { jobs } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import { DiskStore } from '#lib/media/store/disk-store';
import type { Upload } from '#lib/media/queries';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { storeJob, storeUpload } from '#tests/stored-things';
import { temporaryFolder } from '#tests/temporary-folder';
import { prune } from './prune.ts';

const DAY_MS = 24 * 60 * 60_000;
const KEEP_ALL: Retention = { jobsDays: 0, uploadsDays: 0, ownerBytes: 0, totalBytes: 0 };

let db: Database;
let store: DiskStore;
let anna: Actor;
let bert: Actor;

beforeEach(async () => {
  db = await testDatabase();
  store = new DiskStore(temporaryFolder());
  [anna, bert] = [await makeUser(db), await makeUser(db)];
});

interface Finished extends Partial<typeof jobs.$inferInsert> {
  days: number;
  bytes?: number;
  takes?: Upload[];
}

/** A job that ended so many days ago and left so many bytes. Returns its id. */
async function finished(actor: Actor, { days, bytes = 10, takes, ...columns }: Finished): Promise<string> {
  const ended = { status: 'completed', completedAt: daysAgo(days), ...columns } as const;
  const { id } = await storeJob(db, store, actor, ended, { content: 'x'.repeat(bytes), takes });
  return id;
}

/** A picture that was uploaded by itself so many days ago. */
function kept(actor: Actor, days: number, content: string): Promise<Upload> {
  return storeUpload(db, store, actor, content, { kept: true, storedAt: daysAgo(days) });
}

function daysAgo(days: number): number {
  return NOW - days * DAY_MS;
}

function pruneBy(keep: Partial<Retention>) {
  return prune(db, store, { ...KEEP_ALL, ...keep }, NOW);
}

async function jobsLeft(): Promise<string[]> {
  return (await db.select({ id: jobs.id }).from(jobs)).map(({ id }) => id).sort();
}

async function uploadsLeft(): Promise<string[]> {
  return (await db.select({ id: uploads.id }).from(uploads)).map(({ id }) => id).sort();
}

async function filesLeft(): Promise<number> {
  return (await store.list('jobs')).length + (await store.list('uploads')).length;
}

test('without a limit everything stays', async () => {
  await finished(anna, { days: 5000, takes: [await storeUpload(db, store, anna, 'sent')] });
  await kept(anna, 5000, 'kept');
  expect((await pruneBy({})).owners).toEqual([]);
  expect(await filesLeft()).toBe(3);
});

test('jobs that ended too long ago go, with their files and the pictures that were sent for them', async () => {
  const picture = await kept(anna, 40, 'kept');
  const sent = await storeUpload(db, store, anna, 'sent');
  await finished(anna, { days: 31, takes: [picture, sent] });
  await finished(anna, { days: 31, status: 'cancelled' });
  // It was made first, but it ended last.
  const recent = await finished(anna, { days: 29, createdAt: daysAgo(100) });
  const going = await pruneBy({ jobsDays: 30 });
  expect(going.owners).toEqual([
    { ownerId: anna.userId, jobs: 2, uploads: 0, bytes: 10 + 10 + 4, oldestAt: daysAgo(31) },
  ]);
  expect([await jobsLeft(), await uploadsLeft(), await filesLeft()]).toEqual([[recent], [picture.id], 2]);
});

test('uploads that no job takes go by an age of their own', async () => {
  const [taken, young] = [await kept(anna, 8, 'taken'), await kept(anna, 6, 'young')];
  await kept(anna, 8, 'old');
  await makeJob(db, anna, { status: 'pending' });
  await finished(anna, { days: 90, takes: [taken] });
  const going = await pruneBy({ uploadsDays: 7 });
  expect(going.owners).toMatchObject([{ jobs: 0, uploads: 1, bytes: 3 }]);
  expect(await uploadsLeft()).toEqual([taken.id, young.id].sort());
});

test('an upload that loses its last job to a prune counts as unused from the next one on', async () => {
  await finished(anna, { days: 9, takes: [await kept(anna, 9, 'once')] });
  const both = { jobsDays: 7, uploadsDays: 7 };
  expect((await pruneBy(both)).owners).toMatchObject([{ jobs: 1, uploads: 0 }]);
  expect((await pruneBy(both)).owners).toMatchObject([{ jobs: 0, uploads: 1 }]);
  expect(await filesLeft()).toBe(0);
});

test('of an owner with too many bytes the oldest go until the rest has room; of nobody else', async () => {
  const his = await finished(bert, { days: 99, bytes: 70 });
  await kept(anna, 5, 'x'.repeat(10));
  await finished(anna, { days: 4, bytes: 30 });
  const newest = [await finished(anna, { days: 3, bytes: 30 }), await finished(anna, { days: 2, bytes: 40 })];
  const going = await pruneBy({ ownerBytes: 70 });
  expect(going.owners).toMatchObject([{ ownerId: anna.userId, jobs: 1, uploads: 1, bytes: 40 }]);
  expect(await jobsLeft()).toEqual([his, ...newest].sort());
});

test('of all owners together the oldest go', async () => {
  await finished(anna, { days: 4, bytes: 30 });
  await finished(bert, { days: 3, bytes: 30 });
  const newest = [await finished(anna, { days: 2, bytes: 30 }), await finished(bert, { days: 1, bytes: 30 })];
  const going = await pruneBy({ totalBytes: 70 });
  expect(going.bytes).toBe(60);
  expect(await jobsLeft()).toEqual(newest.sort());
});

test('what an owner loses to age and to its own limit makes room for the others', async () => {
  const hers = await finished(anna, { days: 20, bytes: 30 });
  await finished(bert, { days: 40, bytes: 100 });
  await finished(bert, { days: 3, bytes: 100 });
  const his = await finished(bert, { days: 2, bytes: 60 });
  const going = await pruneBy({ jobsDays: 30, ownerBytes: 100, totalBytes: 90 });
  expect(going.owners).toMatchObject([{ ownerId: bert.userId, jobs: 2, bytes: 200 }]);
  expect(await jobsLeft()).toEqual([hers, his].sort());
});

test('a picture that several uploads have is counted once, and its room is free when the last of them goes', async () => {
  const content = 'x'.repeat(50);
  await finished(anna, { days: 4, takes: [await storeUpload(db, store, anna, content)] });
  const again = await finished(anna, { days: 3, takes: [await storeUpload(db, store, anna, content)] });
  await kept(bert, 2, content);
  // 70 bytes in all, of which the picture is one and the same 50.
  expect((await pruneBy({ ownerBytes: 70, totalBytes: 70 })).owners).toEqual([]);
  const going = await pruneBy({ totalBytes: 60 });
  expect(going.owners).toMatchObject([{ ownerId: anna.userId, jobs: 1, bytes: 10 }]);
  expect(await jobsLeft()).toEqual([again]);
  expect((await pruneBy({ totalBytes: 59 })).bytes).toBe(10);
  expect(await store.list('uploads')).toHaveLength(1);
  expect((await pruneBy({ totalBytes: 49 })).bytes).toBe(50);
  expect(await filesLeft()).toBe(0);
});

test('a sent picture that several jobs take goes with the last of them', async () => {
  const shared = await storeUpload(db, store, anna, 'x'.repeat(50));
  await finished(anna, { days: 2, takes: [shared] });
  await finished(anna, { days: 1, takes: [shared] });
  expect((await pruneBy({ ownerBytes: 65 })).bytes).toBe(10);
  expect(await store.list('uploads')).toHaveLength(1);
  expect((await pruneBy({ ownerBytes: 40 })).bytes).toBe(60);
  expect(await filesLeft()).toBe(0);
});

test('what waits or runs neither goes nor counts, nor does what it takes', async () => {
  const busy = await storeUpload(db, store, anna, 'x'.repeat(500));
  for (const status of ['pending', 'processing'] as const) {
    await storeJob(db, store, anna, { status }, { content: 'x'.repeat(500), takes: [busy] });
  }
  const done = await finished(anna, { days: 3, takes: [busy] });
  expect((await pruneBy({ jobsDays: 9, ownerBytes: 10, totalBytes: 10 })).owners).toEqual([]);
  expect((await pruneBy({ jobsDays: 1 })).bytes).toBe(10);
  expect(await jobsLeft()).not.toContain(done);
  expect(await filesLeft()).toBe(3);
});

test('no job of a batch goes while one of it waits or runs', async () => {
  const batchId = newId();
  const batch = { pipeline: 'photo-realistic', model: 'auto', params: {}, refused: [], createdAt: NOW };
  await db.insert(batches).values({ ...batch, id: batchId, ownerId: anna.userId });
  await finished(anna, { days: 40, batchId });
  const last = await makeJob(db, anna, { status: 'pending', batchId });
  const everyLimit = { jobsDays: 30, ownerBytes: 1, totalBytes: 1 };
  expect((await pruneBy(everyLimit)).owners).toEqual([]);
  await db.update(jobs).set({ status: 'cancelled', completedAt: NOW });
  expect((await pruneBy(everyLimit)).owners).toMatchObject([{ jobs: 1, bytes: 10 }]);
  expect(await jobsLeft()).toEqual([last.id]);
});

test('a failed job counts with what its next attempt would go on from', async () => {
  await finished(anna, { days: 2, bytes: 70, status: 'failed' });
  expect((await pruneBy({ ownerBytes: 70 })).bytes).toBe(0);
  expect((await pruneBy({ ownerBytes: 69 })).bytes).toBe(70);
});

test('two that prune at once get on', async () => {
  for (let days = 1; days <= 16; days++) {
    await finished(anna, { days, takes: [await storeUpload(db, store, anna, `photo ${days % 4}`)] });
    await kept(anna, days, `photo ${days % 5}`);
  }
  const keep = { jobsDays: 12, uploadsDays: 14, ownerBytes: 70 };
  await Promise.all([1, 2].map(() => pruneBy(keep)));
  expect((await pruneBy(keep)).owners).toEqual([]);
  expect(await jobsLeft()).not.toEqual([]);
  const contents = await db.selectDistinct({ sha256: uploads.sha256 }).from(uploads);
  expect(await filesLeft()).toBe((await jobsLeft()).length + contents.length);
});
