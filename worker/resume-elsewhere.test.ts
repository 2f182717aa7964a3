import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { json, text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { findCheckpoint } from '#lib/jobs/checkpoints';
import { getJobResource } from '#lib/jobs/job-resources';
import { enqueueJob } from '#lib/jobs/requests';
import { claimJobs } from '#lib/jobs/transitions';
import { uploadKey } from '#lib/media/store/file-key';
import { S3Store } from '#lib/media/store/s3-store';
import { testDatabase } from '#tests/database';
import { drillChain } from '#tests/drill-chain';
import { makeUpload, makeUser, NOW } from '#tests/factories';
import { hasS3, S3Server } from '#tests/servers/s3';
import { temporaryFolder } from '#tests/temporary-folder';
import { waitFor } from '#tests/wait-for';
import { workerContext } from '#tests/worker-context';
import { execute } from './executor.ts';

process.env.MULTIPLANE_DRILL = 'true';

const STEPS = 60;
const PICTURE = Buffer.from('a picture');
const SHA256 = createHash('sha256').update(PICTURE).digest('hex');

let server: S3Server;

beforeAll(async () => {
  if (hasS3) server = await S3Server.start();
});

afterAll(() => server?.dispose());

/** A worker on a machine of its own: it shares the database and the bucket with others, and no folder. */
function workerElsewhere(db: Database) {
  const folder = temporaryFolder();
  const context = workerContext({ db, folder, store: new S3Store(server.settings('studio'), folder) });
  return { context, leftovers: () => readdirSync(join(folder, '.incoming')) };
}

async function enqueueDrill(db: Database, actor: Actor): Promise<string> {
  const upload = await makeUpload(db, actor, { sha256: SHA256 });
  const job = {
    ownerId: actor.userId,
    pipeline: 'drill',
    model: 'auto',
    params: { steps: STEPS, step_ms: 10, fail: 'none' },
    priority: 0,
    maxAttempts: 3,
    warnings: [],
    inputs: [{ role: 'image', uploadId: upload.id }],
  };
  return (await enqueueJob(db, job, NOW)).id;
}

async function claim(db: Database) {
  const [job] = await claimJobs(db, { workerId: 'worker', limit: 1, leaseMs: 400 }, NOW);
  return job!;
}

test.skipIf(!hasS3)(
  'a job that one machine leaves in the middle of a stage goes on there on another, by way of the bucket',
  async () => {
    const db = await testDatabase();
    const actor = await makeUser(db);
    const [first, second] = [workerElsewhere(db), workerElsewhere(db)];
    await first.context.store.writeAtomic(uploadKey(SHA256), PICTURE);
    const id = await enqueueDrill(db, actor);

    const leaving = new AbortController();
    const running = execute(first.context, await claim(db), leaving.signal);
    await waitFor('a checkpoint', async () => (await findCheckpoint(db, id, 'count'))!.sequence >= 2);
    leaving.abort('interrupted');
    expect(await running).toBe('interrupted');
    expect(first.leftovers()).toEqual([]);

    const saved = (await findCheckpoint(db, id, 'count'))!;
    const run = vi.spyOn(second.context.runner, 'run');
    expect(await execute(second.context, await claim(db), new AbortController().signal)).toBe('completed');
    expect(run.mock.calls.map(([{ stage }]) => stage)).toEqual(['count', 'publish']);
    expect(run.mock.calls[0]![0].checkpoint?.state).toEqual(saved.state);
    expect(second.leftovers()).toEqual([]);

    const { store } = first.context;
    const folder = `jobs/${id}/2`;
    expect((await getJobResource(db, actor, id, NOW)).outputs).toHaveLength(3);
    expect(await store.list(`jobs/${id}`)).toEqual([
      `${folder}/count/chain.txt`,
      `${folder}/publish/result.json`,
      `${folder}/receipt/receipt.json`,
    ]);
    const chain = drillChain(id, SHA256, STEPS);
    expect(await text(await store.read(`${folder}/count/chain.txt`))).toBe(`${chain.join('\n')}\n`);
    expect(await json(await store.read(`${folder}/publish/result.json`))).toMatchObject({
      digest: chain.at(-1),
    });
  },
);
