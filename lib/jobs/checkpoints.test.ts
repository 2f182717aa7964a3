import { beforeEach, expect, test } from 'vitest';
import type { Database } from '#lib/db/client';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { findCheckpoint, type NewCheckpoint, saveCheckpoint } from './checkpoints.ts';
import { type Lease, recordStage } from './lease.ts';

let db: Database;
let lease: Lease;
let stale: Lease;

beforeEach(async () => {
  db = await testDatabase();
  const { id } = await makeJob(db, await makeUser(db), { status: 'processing', fence: 2 });
  lease = { jobId: id, workerId: 'worker', fence: 2 };
  stale = { ...lease, fence: 1 };
});

function checkpoint(sequence: number): NewCheckpoint {
  const files = [{ name: 'latents.bin', sizeBytes: 4, sha256: `hash ${sequence}` }];
  return { stage: 'sample', sequence, state: { step: sequence * 5 }, files, elapsedMs: sequence * 100 };
}

test('the last checkpoint of a stage takes the place of the one before', async () => {
  for (const sequence of [1, 2]) await saveCheckpoint(db, lease, checkpoint(sequence), NOW + sequence);
  expect(await findCheckpoint(db, lease.jobId, 'sample')).toEqual({
    ...checkpoint(2),
    jobId: lease.jobId,
    fence: 2,
    savedAt: NOW + 2,
  });
  expect(await findCheckpoint(db, lease.jobId, 'decode')).toBeUndefined();
});

test('a lost lease saves nothing', async () => {
  await saveCheckpoint(db, lease, checkpoint(1), NOW);
  expect(await saveCheckpoint(db, stale, checkpoint(2), NOW)).toBe(false);
  expect(await findCheckpoint(db, lease.jobId, 'sample')).toMatchObject({ sequence: 1 });
});

test("a finished stage's checkpoint goes with its record, and stays where the lease was lost", async () => {
  await saveCheckpoint(db, lease, checkpoint(1), NOW);
  await saveCheckpoint(db, lease, { ...checkpoint(1), stage: 'decode' }, NOW);
  const finished = { stage: 'sample', files: [], elapsedMs: 700, warnings: [], models: [] };
  expect(await recordStage(db, stale, finished, NOW)).toBe(false);
  expect(await findCheckpoint(db, lease.jobId, 'sample')).toBeDefined();
  expect(await recordStage(db, lease, finished, NOW)).toBe(true);
  expect(await findCheckpoint(db, lease.jobId, 'sample')).toBeUndefined();
  expect(await findCheckpoint(db, lease.jobId, 'decode')).toBeDefined();
});

test('a state of nothing can be saved', async () => {
  await saveCheckpoint(db, lease, { ...checkpoint(1), state: undefined }, NOW);
  expect(await findCheckpoint(db, lease.jobId, 'sample')).toMatchObject({ state: null });
});
