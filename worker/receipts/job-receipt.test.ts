import { createHash } from 'node:crypto';
import { json } from 'node:stream/consumers';
import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobInputs, jobs, jobStages } from '#lib/db/schema/jobs';
import { outputsOf } from '#lib/jobs/queries';
import { claimJobs } from '#lib/jobs/transitions';
import { readReceipt, type Receipt } from '#lib/pipelines/receipt/receipt';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { storeUpload } from '#tests/stored-things';
import { FAKE_RUNNER, LEASE_MS, workerContext } from '#tests/worker-context';
import type { WorkerContext } from '#worker/context';
import { execute } from '#worker/executor';

let db: Database;
let actor: Actor;
let context: WorkerContext;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  context = workerContext({ db, child: FAKE_RUNNER });
});

/** A job of one picture, whose stages do as told. */
async function makePhotoJob(wishes: Record<string, string>): Promise<string> {
  const { id } = await makeJob(db, actor, { params: wishes, maxAttempts: 3, warnings: ['It is dark.'] });
  const upload = await storeUpload(db, context.store, actor, 'a picture');
  await db.insert(jobInputs).values({ jobId: id, role: 'image', uploadId: upload.id });
  return id;
}

async function attempt(): Promise<string> {
  const claim = { workerId: 'worker', limit: 1, leaseMs: LEASE_MS };
  const [job] = await claimJobs(db, claim, NOW + 3_600_000);
  return execute(context, job!, new AbortController().signal);
}

/** The receipt of a completed job, which is the last of its outputs, by way of its key in the store. */
async function receiptOf(id: string): Promise<{ receipt: Receipt; fileKey: string }> {
  const { name, role, contentType, fileKey } = (await outputsOf(db, [id])).at(-1)!;
  expect({ name, role, contentType }).toEqual({
    name: 'receipt.json',
    role: 'receipt',
    contentType: 'application/json',
  });
  const content = await json(await context.store.read(fileKey));
  return { receipt: readReceipt(JSON.stringify(content)), fileKey };
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

test('a completed job has a receipt of what it took, ran and made', async () => {
  const id = await makePhotoJob({});
  expect(await attempt()).toBe('completed');
  const { receipt } = await receiptOf(id);
  expect(receipt).toMatchObject({
    pipeline: 'photo-realistic',
    model: 'auto',
    inputs: [{ role: 'image', sha256: sha256('a picture'), width: 640, height: 480 }],
    device: { provider: 'cpu', platform: process.platform, arch: process.arch },
    warnings: ['It is dark.'],
    run: { job_id: id, finished_at: new Date(NOW).toISOString() },
  });
  const made = receipt.outputs.map(({ name, sha256: hash }) => [name, hash]);
  expect(made).toEqual(['depth', 'cut', 'fill', 'compose'].map((name) => [`${name}.txt`, sha256(name)]));
});

test('one that is finished by a later attempt has it too, with what the earlier one ran', async () => {
  const id = await makePhotoJob({ compose: 'unavailable' });
  await attempt();
  await db.update(jobStages).set({ models: ['fastdepth'], warnings: [] });
  await db.update(jobs).set({ params: {} });
  expect(await attempt()).toBe('completed');
  const { receipt, fileKey } = await receiptOf(id);
  expect(fileKey).toBe(`jobs/${id}/2/receipt/receipt.json`);
  expect(receipt.models.map((model) => model.id)).toEqual(['fastdepth']);
  expect(receipt.outputs).toHaveLength(4);
});
