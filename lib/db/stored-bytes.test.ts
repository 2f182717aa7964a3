import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import { completeJobs } from '#lib/jobs/transitions';
import { deleteJob } from '#lib/jobs/requests';
import { deleteUnusedUpload, insertUpload, type Upload } from '#lib/media/queries';
import { testDatabase } from '#tests/database';
import { makeJob, makeUpload, makeUser, NOW } from '#tests/factories';
import type { Database } from './client.ts';
import { jobs } from './schema/jobs.ts';
import { ownerStorage } from './schema/limits.ts';
import { uploads } from './schema/media.ts';

let db: Database;
let anna: Actor;

beforeEach(async () => {
  db = await testDatabase();
  anna = await makeUser(db);
});

/** Upload bytes and output bytes of everybody who has had any. */
async function stored(): Promise<[number, number][]> {
  const rows = await db.select().from(ownerStorage);
  return rows.map(({ uploadBytes, outputBytes }) => [uploadBytes, outputBytes]);
}

/** Completes a job that left outputs of these sizes. Returns its id. */
async function complete(actor: Actor, sizes: number[]): Promise<string> {
  const job = await makeJob(db, actor, { status: 'processing' });
  const outputs = sizes.map((sizeBytes, position) => ({
    name: `${position}.png`,
    position,
    role: 'result',
    contentType: 'image/png',
    sizeBytes,
    sha256: '-',
    width: null,
    height: null,
    fileKey: '-',
  }));
  const metrics = { stageMs: {}, totalMs: 1, peakMemoryBytes: null, device: 'cpu' };
  const lease = { jobId: job.id, workerId: 'worker', fence: job.fence };
  await completeJobs(db, [{ lease, outputs, metrics, warnings: [] }], NOW);
  return job.id;
}

test('an owner’s pictures count once for each content, until the last upload of it goes', async () => {
  const same = { sha256: 'a', sizeBytes: 10 };
  const first = await makeUpload(db, anna, same);
  await makeUpload(db, anna, { sha256: 'b', sizeBytes: 5 });
  const again = await makeUpload(db, anna, same);
  const bert = await makeUser(db);
  await makeUpload(db, bert, same);
  expect(await stored()).toEqual([
    [15, 0],
    [10, 0],
  ]);
  await deleteUnusedUpload(db, anna, first.id);
  expect((await stored())[0]).toEqual([15, 0]);
  await deleteUnusedUpload(db, anna, again.id);
  expect((await stored())[0]).toEqual([5, 0]);
  await db.delete(uploads);
  expect(await stored()).toEqual([
    [0, 0],
    [0, 0],
  ]);
});

test('outputs count from when their job is completed until it is deleted', async () => {
  const [small, large] = [await complete(anna, [1, 2]), await complete(anna, [10, 20])];
  await complete(anna, []);
  expect(await stored()).toEqual([[0, 33]]);
  await deleteJob(db, anna, small);
  expect(await stored()).toEqual([[0, 30]]);
  await deleteJob(db, anna, large);
  await db.delete(jobs);
  expect(await stored()).toEqual([[0, 0]]);
});

test('of pictures that are sent at once as many are taken as there is room for', async () => {
  await complete(anna, [40]);
  const { id: _, ...template } = await makeUpload(db, anna, { sizeBytes: 5 });
  const upload = (at: number): Upload => ({ ...template, id: `${at}`, sha256: `${at}`, sizeBytes: 10 });
  const answers = await Promise.allSettled(
    Array.from({ length: 20 }, (_, at) => insertUpload(db, upload(at), 100)),
  );
  const refused = answers.filter((answer) => answer.status === 'rejected');
  expect(refused.map(({ reason }) => reason)).toEqual(
    refused.map(() => expect.objectContaining({ code: 'storage_quota_exceeded' })),
  );
  expect([refused.length, await stored()]).toEqual([15, [[55, 40]]]);
});
