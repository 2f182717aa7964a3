import { existsSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { eq } from 'drizzle-orm';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import { newId } from '#lib/core/ids';
import { createLogger } from '#lib/core/logger';
import type { Database } from '#lib/db/client';
import { batches, type RefusedPicture } from '#lib/db/schema/batches';
import { idempotencyKeys } from '#lib/db/schema/idempotency';
import { budgets } from '#lib/db/schema/limits';
import { jobCheckpoints, jobInputs, jobs, jobStages } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import { jobFolder } from '#lib/jobs/files';
import { type Lease, recordStage } from '#lib/jobs/lease';
import { claimJobs } from '#lib/jobs/transitions';
import { DiskStore } from '#lib/media/store/disk-store';
import { uploadKey } from '#lib/media/store/file-key';
import { takeIn } from '#lib/media/intake';
import { receiveFile } from '#lib/media/receive';
import { testDatabase } from '#tests/database';
import { makeJob, makeUpload, makeUser } from '#tests/factories';
import { drawPicture } from '#tests/images';
import { storeJob, storeUpload } from '#tests/stored-things';
import { temporaryFolder } from '#tests/temporary-folder';
import type { WorkerContext } from '../context.ts';
import { sweep, sweepRegularly, type Swept } from './sweep.ts';

const HOUR_MS = 60 * 60_000;
/** Now: the files that a test writes have the age that the machine's clock gives them. */
const START = Date.now();
const LATER = START + 2 * HOUR_MS;

const NOTHING: Swept = {
  unfinished: 0,
  jobFolders: 0,
  jobFiles: 0,
  contents: 0,
  uploads: 0,
  requestKeys: 0,
  budgets: 0,
  batches: 0,
};

let db: Database;
let store: DiskStore;
let anna: Actor;

beforeEach(async () => {
  db = await testDatabase();
  store = new DiskStore(temporaryFolder());
  anna = await makeUser(db);
});

function sweepAt(now: number): Promise<Swept> {
  return sweep({ db, store }, now);
}

async function write(key: string): Promise<string> {
  await store.writeAtomic(key, Buffer.from('x'));
  return key;
}

const FILE = { sizeBytes: 1, sha256: '-', role: null, contentType: 'image/png', width: null, height: null };

/** A file of a finished stage. */
async function stageFile(jobId: string, fence: number, stage: string): Promise<string> {
  const row = { jobId, fence, stage, elapsedMs: 1, completedAt: START };
  await db.insert(jobStages).values({ ...row, files: [{ ...FILE, name: 'a.png' }] });
  return write(`${jobFolder(jobId)}/${fence}/${stage}/a.png`);
}

/** A file of the last checkpoint of a stage, its second. */
async function checkpointFile(jobId: string, fence: number, stage: string): Promise<string> {
  const row = { jobId, fence, stage, sequence: 2, state: {}, elapsedMs: 1, savedAt: START };
  await db.insert(jobCheckpoints).values({ ...row, files: [{ name: 'a.bin', sizeBytes: 1, sha256: '-' }] });
  return write(`${jobFolder(jobId)}/${fence}/${stage}.checkpoint/2/a.bin`);
}

async function claim(): Promise<Lease> {
  const [job] = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: 15_000 }, START);
  return { jobId: job!.id, workerId: 'worker', fence: job!.fence };
}

test('a deletion that was cut off after the row is finished', async () => {
  const photo = await storeUpload(db, store, anna, 'photo', { storedAt: START });
  const gone = await storeJob(db, store, anna, { status: 'completed' }, { takes: [photo] });
  const stays = await storeJob(db, store, anna, { status: 'completed' });
  await db.delete(jobs).where(eq(jobs.id, gone.id));
  expect(await sweepAt(LATER)).toEqual({ ...NOTHING, jobFolders: 1, uploads: 1 });
  expect(await store.list(jobFolder(gone.id))).toEqual([]);
  expect(await store.list(jobFolder(stays.id))).toHaveLength(1);
  expect(await store.list('uploads')).toEqual([]);
  expect(await sweepAt(LATER)).toEqual(NOTHING);
});

test('a completed job keeps its outputs and nothing else', async () => {
  const { id } = await storeJob(db, store, anna, { status: 'completed' });
  const outputs = await store.list(jobFolder(id));
  await stageFile(id, 1, 'cut');
  await write(`jobs/${id}/2/fill/half.bin`);
  expect(await sweepAt(START)).toEqual({ ...NOTHING, jobFiles: 2 });
  expect(await store.list(jobFolder(id))).toEqual(outputs);
});

test.each(['failed', 'cancelled', 'pending'] as const)(
  'a %s job keeps what its next attempt would go on from, and nothing else',
  async (status) => {
    const { id } = await makeJob(db, anna, { status, fence: 2 });
    const kept = [await stageFile(id, 1, 'depth'), await checkpointFile(id, 2, 'fill')];
    await write(`jobs/${id}/1/cut/half.png`);
    await write(`jobs/${id}/2/fill.checkpoint/1/a.bin`);
    expect(await sweepAt(START)).toEqual({ ...NOTHING, jobFiles: 2 });
    expect(await store.list(jobFolder(id))).toEqual(kept);
  },
);

test('a running attempt keeps whatever it writes; what a lost one wrote goes', async () => {
  const { id } = await makeJob(db, anna, { status: 'processing', fence: 3 });
  const kept = [await stageFile(id, 1, 'depth'), await write(`jobs/${id}/3/cut/half.png`)];
  await write(`jobs/${id}/2/cut/half.png`);
  await write(`jobs/${id}/30/cut/nonsense.png`);
  expect(await sweepAt(START)).toEqual({ ...NOTHING, jobFiles: 2 });
  expect(await store.list(jobFolder(id))).toEqual(kept);
});

test.each(['before', 'after'])(
  'a job that is claimed right %s its files are listed loses nothing',
  async (moment) => {
    const { id } = await makeJob(db, anna, { status: 'pending', fence: 1 });
    const resumed = await stageFile(id, 1, 'depth');
    await write(`jobs/${id}/1/cut/half.png`);
    const begin = async () => {
      const lease = await claim();
      await write(`jobs/${id}/2/cut/a.png`);
      await write(`jobs/${id}/2/fill/half.png`);
      await recordStage(
        db,
        lease,
        { stage: 'cut', files: [{ ...FILE, name: 'a.png' }], elapsedMs: 1, warnings: [], models: [] },
        START,
      );
    };
    const list = store.list.bind(store);
    store.list = async (prefix) => {
      if (prefix !== jobFolder(id)) return list(prefix);
      if (moment === 'before') await begin();
      const keys = await list(prefix);
      if (moment === 'after') await begin();
      return keys;
    };
    expect(await sweepAt(LATER)).toEqual({ ...NOTHING, jobFiles: 1 });
    expect(await list(jobFolder(id))).toEqual([
      resumed,
      `jobs/${id}/2/cut/a.png`,
      `jobs/${id}/2/fill/half.png`,
    ]);
  },
);

test('jobs that have not changed for long are passed over, unless they are gone', async () => {
  const { id } = await makeJob(db, anna, { status: 'completed', updatedAt: START - HOUR_MS });
  await write(`jobs/${id}/1/cut/half.png`);
  await write(`jobs/${newId()}/1/cut/half.png`);
  expect(await sweep({ db, store }, START, START)).toEqual({ ...NOTHING, jobFolders: 1 });
  expect(await sweep({ db, store }, START, START - HOUR_MS)).toEqual({ ...NOTHING, jobFiles: 1 });
});

test('a worker looks at the jobs of the last week first, and from then on at those that changed since', async () => {
  const halfOf = async (updatedAt: number) => {
    const { id } = await makeJob(db, anna, { status: 'completed', updatedAt });
    return write(`jobs/${id}/1/cut/half.png`);
  };
  const context = {
    db,
    store,
    clock: () => START,
    log: createLogger('test', 'silent'),
  } as unknown as WorkerContext;
  const ancient = await halfOf(START - 8 * 24 * HOUR_MS);
  await halfOf(START - 6 * 24 * HOUR_MS);
  await sweepRegularly(context, null);
  expect(await store.list('jobs')).toEqual([ancient]);
  const settled = await halfOf(START - 3 * HOUR_MS);
  await halfOf(START - 2.5 * HOUR_MS);
  await sweepRegularly(context, START - 1.8 * HOUR_MS);
  expect(await store.list('jobs')).toEqual([ancient, settled].sort());
});

test('more jobs than are looked at together', async () => {
  const there = await makeJob(db, anna, { status: 'pending' });
  const kept = await stageFile(there.id, 1, 'depth');
  for (let number = 0; number < 250; number++) await write(`jobs/${newId()}/1/cut/a.png`);
  expect(await sweepAt(START)).toEqual({ ...NOTHING, jobFolders: 250 });
  expect(await store.list('jobs')).toEqual([kept]);
});

test('the file of an upload whose row is gone', async () => {
  const stays = await storeUpload(db, store, anna, 'stays', { kept: true });
  const goes = await storeUpload(db, store, anna, 'goes', { kept: true });
  await db.delete(uploads).where(eq(uploads.id, goes.id));
  // It may be on its way in, as far as anybody can tell.
  expect(await sweepAt(START)).toEqual(NOTHING);
  expect(await sweepAt(LATER)).toEqual({ ...NOTHING, contents: 1 });
  expect(await store.list('uploads')).toEqual([uploadKey(stays.sha256)]);
});

test('a file stays whose row comes while it is looked at', async () => {
  await storeUpload(db, store, anna, 'another', { kept: true });
  const first = await storeUpload(db, store, anna, 'photo', { kept: true });
  await db.delete(uploads).where(eq(uploads.id, first.id));
  const stat = store.stat.bind(store);
  store.stat = async (key) => {
    await makeUpload(db, anna, { sha256: first.sha256, kept: true, storedAt: LATER });
    return stat(key);
  };
  await sweepAt(LATER);
  expect(await stat(uploadKey(first.sha256))).not.toBeNull();
});

test('an upload whose file never came, unless a job takes it', async () => {
  const whole = await storeUpload(db, store, anna, 'whole', { kept: true, storedAt: START });
  await makeUpload(db, anna, { kept: true, storedAt: START });
  const taken = await makeUpload(db, anna, { kept: true, storedAt: START });
  const { id: jobId } = await makeJob(db, anna);
  await db.insert(jobInputs).values({ jobId, role: 'image', uploadId: taken.id });
  expect(await sweepAt(START)).toEqual(NOTHING);
  expect(await sweepAt(LATER)).toEqual({ ...NOTHING, uploads: 1 });
  expect(await db.select({ id: uploads.id }).from(uploads)).toEqual([{ id: whole.id }, { id: taken.id }]);
});

test('a picture that was sent for a job that was never made', async () => {
  const orphan = await storeUpload(db, store, anna, 'orphan', { storedAt: START });
  const kept = await storeUpload(db, store, anna, 'kept', { kept: true, storedAt: START });
  const young = await storeUpload(db, store, anna, 'young', { storedAt: LATER });
  const taken = await storeUpload(db, store, anna, 'taken', { storedAt: START });
  await storeJob(db, store, anna, { status: 'pending' }, { takes: [taken] });
  expect(await sweepAt(LATER)).toEqual({ ...NOTHING, uploads: 1 });
  expect(await store.stat(uploadKey(orphan.sha256))).toBeNull();
  for (const { sha256 } of [kept, young, taken]) expect(await store.stat(uploadKey(sha256))).not.toBeNull();
});

test('a file that arrived in part', async () => {
  const path = await store.temporaryPath();
  writeFileSync(path, 'half');
  expect(await sweepAt(START)).toEqual(NOTHING);
  expect(await sweepAt(LATER)).toEqual({ ...NOTHING, unfinished: 1 });
  expect(existsSync(path)).toBe(false);
});

test('pictures that arrive while it sweeps are there in the end', async () => {
  const picture = await drawPicture(80, 70).png().toBuffer();
  await storeUpload(db, store, anna, 'another', { kept: true });
  for (let round = 0; round < 10; round++) {
    const arrive = async () => {
      const file = await receiveFile(store, Readable.from([picture]), 100_000);
      const sent = { field: 'image', filename: 'photo.png', claim: null, file };
      return takeIn(db, store, anna, sent, Date.now());
    };
    const [{ sha256, id }] = await Promise.all([arrive(), sweepAt(Date.now())]);
    expect(await store.stat(uploadKey(sha256))).not.toBeNull();
    // The next round finds the file of a deleted row.
    await db.delete(uploads).where(eq(uploads.id, id));
  }
});

test('keys of requests that nobody repeats any more, and counts of a day that is over', async () => {
  const request = { ownerId: anna.userId, fingerprint: '-', madeId: '-' };
  const twoDaysAgo = START - 48 * HOUR_MS;
  await db.insert(idempotencyKeys).values([
    { ...request, key: 'old', createdAt: twoDaysAgo - 1 },
    { ...request, key: 'young', createdAt: twoDaysAgo },
  ]);
  const dayAgo = START - 24 * HOUR_MS;
  await db.insert(budgets).values({ budget: 'b', subject: 's', windowStart: dayAgo - 1, used: 1 });
  expect(await sweepAt(START)).toEqual({ ...NOTHING, requestKeys: 1, budgets: 1 });
  expect(await db.select({ key: idempotencyKeys.key }).from(idempotencyKeys)).toEqual([{ key: 'young' }]);
});

test('batches of which nothing is left', async () => {
  const make = async (hoursAgo: number, refused: RefusedPicture[] = []) => {
    const id = newId();
    const setting = { pipeline: 'photo-realistic', model: 'auto', params: {} };
    const createdAt = START - hoursAgo * HOUR_MS;
    await db.insert(batches).values({ ...setting, id, ownerId: anna.userId, refused, createdAt });
    return id;
  };
  const refused = [
    { position: 0, filename: 'a.txt', error: { code: 'x', message: 'No picture.', suggestion: null } },
  ];
  await make(2);
  await make(8 * 24, refused);
  const stay = [await make(0.5), await make(2, refused), await make(8 * 24)];
  await makeJob(db, anna, { status: 'completed', batchId: stay.at(-1) });
  expect(await sweepAt(START)).toEqual({ ...NOTHING, batches: 2 });
  const left = await db.select({ id: batches.id }).from(batches);
  expect(left.map(({ id }) => id).sort()).toEqual(stay.sort());
});

test('what a database that was mixed up does not know stays, and so does what a disk that is missing does not have', async () => {
  const keys = [await write(`jobs/${newId()}/1/cut/a.png`)];
  const { sha256 } = await storeUpload(db, store, anna, 'photo', { kept: true, storedAt: START });
  await db.delete(uploads);
  expect(await sweepAt(LATER)).toEqual(NOTHING);
  expect([...(await store.list('jobs')), ...(await store.list('uploads'))]).toEqual([
    ...keys,
    uploadKey(sha256),
  ]);
  await makeUpload(db, anna, { kept: true, storedAt: START });
  store = new DiskStore(temporaryFolder());
  expect(await sweepAt(LATER)).toEqual(NOTHING);
  expect(await db.$count(uploads)).toBe(1);
});

test('two that sweep at once get on', async () => {
  await storeJob(
    db,
    store,
    anna,
    { status: 'completed' },
    { takes: [await storeUpload(db, store, anna, 'taken')] },
  );
  for (let number = 0; number < 10; number++) {
    await write(`jobs/${newId()}/1/cut/a.png`);
    await storeUpload(db, store, anna, `orphan ${number}`, { storedAt: START });
    const { sha256 } = await storeUpload(db, store, anna, `unknown ${number}`, { storedAt: START });
    await db.delete(uploads).where(eq(uploads.sha256, sha256));
  }
  await Promise.all([sweepAt(LATER), sweepAt(LATER)]);
  expect([...(await store.list('jobs')), ...(await store.list('uploads'))]).toHaveLength(2);
  expect(await sweepAt(LATER)).toEqual(NOTHING);
});
