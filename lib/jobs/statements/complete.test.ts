import { beforeEach, expect, test, vi } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { jobOutputs, jobs } from '#lib/db/schema/jobs';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import type { Completion } from './complete.ts';
import type { Lease } from '../lease.ts';
import { getJobResource } from '../job-resources.ts';
import { cancelJob } from '../requests.ts';
import type { Job } from '../resource.ts';
import { completeJobs } from '../transitions.ts';

const METRICS = { stageMs: { depth: 5 }, totalMs: 5, peakMemoryBytes: null, device: 'cpu' };
const OUTPUT = {
  role: 'result',
  contentType: 'image/png',
  sizeBytes: 3,
  sha256: 'abc',
  width: 1,
  height: null,
  fileKey: 'jobs/x/1/compose/a.png',
};

let db: Database;
let actor: Actor;

beforeEach(async () => {
  db = await testDatabase();
  actor = await makeUser(db);
});

const running = () => makeJob(db, actor, { status: 'processing' });
const leaseOf = (job: Job): Lease => ({ jobId: job.id, workerId: 'worker', fence: job.fence });

function completionOf(lease: Lease, names: string[] = ['a.png']): Completion {
  const outputs = names.map((name, position) => ({ ...OUTPUT, name, position }));
  return { lease, outputs, metrics: METRICS, warnings: [] };
}

test('each is ended by itself, and it is said what became of it', async () => {
  const names = ['done', 'stale', 'strange', 'cancelled'];
  const made = await Promise.all([...names.map(running), makeJob(db, actor)]);
  const [done, stale, strange, cancelled, waiting] = made as [Job, Job, Job, Job, Job];
  await cancelJob(db, actor, cancelled.id, NOW);
  const leases = [
    { ...leaseOf(stale), fence: 0 },
    { ...leaseOf(strange), workerId: 'stranger' },
    leaseOf(done),
    leaseOf(waiting),
    { ...leaseOf(done), jobId: 'gone' },
    leaseOf(cancelled),
  ];
  const completions = leases.map((lease) => completionOf(lease));
  const became = await completeJobs(db, completions, NOW);
  expect(became).toEqual([null, null, 'completed', null, null, 'cancelled']);

  const rows = await db.select({ id: jobs.id, status: jobs.status }).from(jobs);
  const statusOf = ({ id }: Job) => rows.find((row) => row.id === id)!.status;
  const expected = ['completed', 'processing', 'processing', 'cancelled', 'pending'];
  expect(made.map(statusOf)).toEqual(expected);
  const published = await db.select({ jobId: jobOutputs.jobId }).from(jobOutputs);
  expect(published).toEqual([{ jobId: done.id }]);
});

test('a lost lease takes nothing of the one that holds', async () => {
  const job = await running();
  const lost = { ...leaseOf(job), fence: job.fence - 1 };
  const completions = [completionOf(lost, ['lost.png']), completionOf(leaseOf(job), ['held.png'])];
  expect(await completeJobs(db, completions, NOW)).toEqual([null, 'completed']);
  const { outputs } = await getJobResource(db, actor, job.id, NOW);
  expect(outputs.map(({ name }) => name)).toEqual(['held.png']);
});

test('a result is written whole, with its outputs', async () => {
  const job = await running();
  await completeJobs(db, [completionOf(leaseOf(job), ['a.png', 'b.png'])], NOW + 5);
  const noLease = { workerId: null, leaseExpiresAt: null };
  const ended = { status: 'completed', metrics: METRICS, completedAt: NOW + 5, updatedAt: NOW + 5 };
  expect(await db.select().from(jobs)).toEqual([{ ...job, ...noLease, ...ended }]);
  const outputs = await db.select().from(jobOutputs).orderBy(jobOutputs.position);
  expect(outputs).toEqual([
    { ...OUTPUT, jobId: job.id, name: 'a.png', position: 0 },
    { ...OUTPUT, jobId: job.id, name: 'b.png', position: 1 },
  ]);
});

test('forty take as many statements as two', async () => {
  const batch = vi.spyOn(db, 'batch');
  for (const count of [2, 40]) {
    const made = await Promise.all(Array.from({ length: count }, running));
    const completions = made.map((job) => completionOf(leaseOf(job)));
    expect(await completeJobs(db, completions, NOW)).toEqual(made.map(() => 'completed'));
  }
  const [two, forty] = batch.mock.calls.map(([statements]) => statements.length);
  expect(forty).toBe(two);
});

test('of none nothing becomes', async () => {
  expect(await completeJobs(db, [], NOW)).toEqual([]);
});
