import { expect, test } from 'vitest';
import { readSettings } from '#lib/config/settings';
import { createLogger } from '#lib/core/logger';
import { jobs } from '#lib/db/schema/jobs';
import { DiskStore } from '#lib/media/store/disk-store';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { storeJob } from '#tests/stored-things';
import { temporaryFolder } from '#tests/temporary-folder';
import type { WorkerContext } from '../context.ts';
import { pruneByLimits } from './prune.ts';

const DAY_MS = 24 * 60 * 60_000;

test('a worker deletes what is older than the settings allow, and nothing where they allow all', async () => {
  const db = await testDatabase();
  const store = new DiskStore(temporaryFolder());
  const anna = await makeUser(db);
  for (const days of [6, 8]) {
    await storeJob(db, store, anna, { status: 'completed', completedAt: NOW - days * DAY_MS });
  }
  const parts = { db, store, clock: () => NOW, log: createLogger('test', 'silent') };
  const pruneWith = (env: Record<string, string>) =>
    pruneByLimits({ ...parts, settings: readSettings(env) } as unknown as WorkerContext);
  await pruneWith({});
  expect(await db.$count(jobs)).toBe(2);
  await pruneWith({ MULTIPLANE_KEEP_JOBS_DAYS: '7' });
  expect(await db.$count(jobs)).toBe(1);
  expect(await store.list('jobs')).toHaveLength(1);
});
