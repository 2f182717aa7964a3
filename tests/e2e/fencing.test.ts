import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sha256OfFile } from '#lib/core/file-hash';
import { jobs } from '#lib/db/schema/jobs';
import { findCheckpoint } from '#lib/jobs/checkpoints';
import { finishedStages, outputsOf } from '#lib/jobs/queries';
import { enqueueJob } from '#lib/jobs/requests';
import { drillChain } from '../drill-chain.ts';
import { waitFor } from '../wait-for.ts';
import { Api } from './api.ts';
import { Studio } from './studio.ts';

const STEPS = 60;

let studio: Studio;
let api: Api;
let frozen: ChildProcess | undefined;

beforeEach(async () => {
  studio = await Studio.create({ MULTIPLANE_DRILL: 'true', MULTIPLANE_LEASE_MS: '1000' });
  api = await Api.create(studio);
});
afterEach(async () => {
  if (frozen) await end(frozen);
  await studio.dispose();
});

/** With its process group, for the runner has to stand still as well. */
function signal(worker: ChildProcess, name: NodeJS.Signals): void {
  process.kill(-worker.pid!, name);
}

async function end(worker: ChildProcess): Promise<void> {
  signal(worker, 'SIGKILL');
  await once(worker, 'exit');
}

async function enqueueDrill(): Promise<string> {
  const params = { steps: STEPS, step_ms: 50, fail: 'none' };
  const ownerId = api.actor.userId;
  const drill = { ownerId, pipeline: 'drill', model: 'auto', params, priority: 0, maxAttempts: 3 };
  return (await enqueueJob(studio.db, { ...drill, warnings: [], inputs: [] }, studio.now())).id;
}

async function rowOf(id: string) {
  const [row] = await studio.db.select().from(jobs).where(eq(jobs.id, id));
  return row!;
}

function untilCompleted(id: string): Promise<unknown> {
  return waitFor(`job ${id} to be completed`, async () => (await rowOf(id)).status === 'completed');
}

/** Everything the database and the disk hold of a job. */
async function everythingOf(id: string) {
  const paths = (await studio.files()).filter((path) => path.includes(id)).sort();
  return {
    row: await rowOf(id),
    stages: await finishedStages(studio.db, id),
    outputs: await outputsOf(studio.db, [id]),
    files: await Promise.all(paths.map(async (path) => ({ path, sha256: await sha256OfFile(path) }))),
  };
}

test.runIf(process.platform === 'linux')(
  'a worker that stood still for longer than its lease writes nothing more to its job, and goes on with the next',
  async () => {
    await studio.startWorker();
    frozen = studio.worker!;
    const id = await enqueueDrill();
    await waitFor('checkpoints', async () => (await findCheckpoint(studio.db, id, 'count'))!.sequence > 2);
    signal(frozen, 'SIGSTOP');

    await studio.startWorker();
    await untilCompleted(id);
    await studio.stopWorker();
    const before = await everythingOf(id);
    expect(before.row).toMatchObject({ fence: 2, attempt: 1, rescues: 1 });
    expect(before.files.map(({ sha256 }) => sha256)).toEqual(before.outputs.map(({ sha256 }) => sha256));
    const chain = await readFile(before.files[0]!.path, 'utf8');
    expect(chain.trimEnd().split('\n')).toEqual(drillChain(id, null, STEPS));

    signal(frozen, 'SIGCONT');
    const next = await enqueueDrill();
    await untilCompleted(next);
    expect(await everythingOf(id)).toEqual(before);
  },
);
