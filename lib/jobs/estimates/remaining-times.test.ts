import { beforeEach, expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import type { JobProgress } from '#lib/db/schema/job-values';
import { jobs, jobStages } from '#lib/db/schema/jobs';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { cancelJob } from '../requests.ts';
import type { Job } from '../resource.ts';
import { recordRunTime } from './run-times.ts';
import { describeWaits } from '../waiting.ts';
import { registerHeartbeat } from '../workers.ts';

const PIXELS = 1_000_000;

let db: Database;
let actor: Actor;
let other: Actor;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
  other = await makeUser(db);
  await startWorker('worker');
});

function startWorker(id: string, { host = 'here', device = 'cpu', capacity = 1 } = {}): Promise<void> {
  const devices = [{ provider: device, note: null }];
  return registerHeartbeat(db, { id, host, pid: 1, version: '0', devices, capacity, nudgePort: null }, NOW);
}

/** Three past runs of 10 s of `depth` and 30 s of `fill`, unless told otherwise. */
async function learn({
  host = 'here',
  device = 'cpu',
  model = 'auto',
  times = 1,
  runs = 3,
} = {}): Promise<void> {
  const stageMs = { depth: 10_000 * times, fill: 30_000 * times };
  const run = { host, device, pipeline: 'photo-realistic', model, inputPixels: PIXELS, stageMs };
  for (let made = 0; made < runs; made++) await recordRunTime(db, { ...run, totalMs: 40_000 * times });
}

/** A job that runs: half of `depth` is done. */
function running(owner: Actor, columns: Parameters<typeof makeJob>[2] = {}): Promise<Job> {
  const progress: JobProgress = {
    value: 0.1,
    stage: 'depth',
    stagesDone: 0,
    stagesTotal: 2,
    step: 1,
    steps: 2,
    message: '',
  };
  return makeJob(db, owner, { status: 'processing', inputPixels: PIXELS, progress, ...columns });
}

function waiting(owner: Actor, columns: Parameters<typeof makeJob>[2] = {}): Promise<Job> {
  return makeJob(db, owner, { inputPixels: PIXELS, ...columns });
}

/** Seconds until each of the jobs is done. */
async function etas(jobs: Job[], now = NOW): Promise<(number | null)[]> {
  const waits = await describeWaits(db, jobs, now);
  return waits.map(({ etaMs }) => etaMs && etaMs / 1000);
}

async function finishStage({ id }: Job, stage: string): Promise<void> {
  await db
    .insert(jobStages)
    .values({ jobId: id, stage, fence: 1, files: [], elapsedMs: 1, completedAt: NOW });
}

test('a running job has the rest of its stage left, and the stages after it', async () => {
  await learn();
  const job = await running(actor);
  expect(await etas([job])).toEqual([35]);
  expect(await etas([job], NOW + 2000)).toEqual([33]);
});

test('a job whose steps were timed needs no past runs, and what it takes is counted in the line', async () => {
  const progress: JobProgress = {
    value: 0.1,
    stage: 'denoise',
    stagesDone: 1,
    stagesTotal: 3,
    step: 4,
    steps: 10,
    pace: { stepMs: 3_000, afterMs: 5_000 },
    message: '',
  };
  const job = await running(actor, { progress });
  // Six steps are left, the first of which has been running for two seconds, or is overdue by one.
  expect(await etas([job])).toEqual([18 + 5]);
  expect(await etas([job], NOW + 2_000)).toEqual([16 + 5]);
  expect(await etas([job], NOW + 4_000)).toEqual([15 + 5]);
  await learn({ model: 'other' });
  expect(await etas([await waiting(actor, { model: 'other' })])).toEqual([18 + 5 + 40]);
});

test('nothing is said on too few runs, or on those of another model, machine or device', async () => {
  await learn({ runs: 2 });
  await learn({ model: 'other' });
  await learn({ host: 'there' });
  await learn({ device: 'webgpu' });
  expect(await etas([await running(actor), await waiting(actor)])).toEqual([null, null]);
});

test('a waiting job has before it what runs and what goes first, whoever it belongs to', async () => {
  await learn();
  await running(other);
  const first = await waiting(actor);
  await waiting(other);
  const last = await waiting(actor);
  expect(await etas([first, last])).toEqual([35 + 40, 35 + 40 + 40 + 40]);
});

test('which is shared out among the workers', async () => {
  await learn();
  await startWorker('second', { capacity: 3 });
  await running(other);
  await waiting(other);
  expect(await etas([await waiting(actor)])).toEqual([(35 + 40) / 4 + 40]);
});

test('of machines that are not alike, the slowest counts, and each has to be known', async () => {
  await learn();
  await startWorker('slow', { host: 'there' });
  const job = await waiting(actor);
  expect(await etas([job])).toEqual([null]);
  await learn({ host: 'there', times: 3 });
  expect(await etas([job])).toEqual([120]);
});

test('stages that are done are not counted again', async () => {
  await learn();
  const given = await waiting(other, { fence: 1 });
  await finishStage(given, 'depth');
  const job = await waiting(actor, { fence: 1 });
  await finishStage(job, 'depth');
  const fresh = await waiting(actor);
  expect(await etas([job, fresh])).toEqual([30 + 30, 30 + 30 + 40]);
});

test('one unknown job in the line leaves those behind it unknown, and those before it known', async () => {
  await learn();
  const before = await waiting(actor);
  await waiting(other, { inputPixels: 5 * PIXELS });
  const behind = await waiting(actor);
  expect(await etas([before, behind])).toEqual([40, null]);
});

test('nothing is said of what is paused, between attempts, being stopped or without a worker', async () => {
  await learn();
  const job = await running(actor);
  const held = await waiting(actor, { held: true });
  const between = await waiting(actor, { runAt: NOW + 1 });
  const stopping = await cancelJob(db, actor, job.id, NOW);
  expect(await etas([held, between, stopping])).toEqual([null, null, null]);
  const silent = NOW + 60_000;
  expect(await etas([await waiting(actor), await running(other)], silent)).toEqual([null, null]);
});

test('nothing is said beyond the part of the line that is counted', async () => {
  await learn();
  const job = await waiting(actor, { vt: 0 });
  const behind = (place: number) => ({ ...job, id: newId(), vt: place });
  const line = Array.from({ length: 1000 }, (_, index) => behind(index + 1));
  for (const half of [line.slice(0, 500), line.slice(500)]) await db.insert(jobs).values(half);
  expect(await etas([line[998]!, line[999]!])).toEqual([40_000, null]);
});
