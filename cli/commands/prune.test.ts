import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#lib/db/client';
import { migrateDatabase } from '#lib/db/migrate';
import { jobs } from '#lib/db/schema/jobs';
import { DiskStore } from '#lib/media/store/disk-store';
import { makeJob, makeUser } from '#tests/factories';
import { storeJob } from '#tests/stored-things';
import { temporaryFolder } from '#tests/temporary-folder';

const DAY_MS = 24 * 60 * 60_000;

async function studio() {
  const dataDir = temporaryFolder();
  const db = await openDatabase(pathToFileURL(join(dataDir, 'multiplane.db')).href);
  onTestFinished(() => db.$client.close());
  await migrateDatabase(db);
  const store = new DiskStore(join(dataDir, 'files'));
  const env = { ...process.env, MULTIPLANE_DATA_DIR: dataDir, MULTIPLANE_KEEP_JOBS_DAYS: '30' };
  const multiplane = (...given: string[]) => {
    const args = ['--import', 'tsx', 'cli/index.ts', ...given];
    return spawnSync(process.execPath, args, { encoding: 'utf8', env });
  };
  return { db, store, multiplane };
}

test('a dry run says what would go and deletes nothing; the real one does what it said', async () => {
  const { db, store, multiplane } = await studio();
  const actor = await makeUser(db);
  const { userId } = actor;
  const oldest = Date.now() - 31 * DAY_MS;
  for (const completedAt of [oldest, oldest + 1000, Date.now()]) {
    const ended = { status: 'completed', completedAt } as const;
    await storeJob(db, store, actor, ended, { content: 'x'.repeat(2048) });
  }
  const [email, oldestAt] = [`${userId}@example.test`, new Date(oldest).toISOString()];
  expect(JSON.parse(multiplane('prune', '--dry-run', '--json').stdout)).toEqual({
    dry_run: true,
    bytes: 4096,
    owners: [{ owner_id: userId, email, jobs: 2, uploads: 0, bytes: 4096, oldest_at: oldestAt }],
  });
  expect(await store.list('jobs')).toHaveLength(3);
  const [headings, row, sum] = multiplane('prune').stdout.split('\n');
  expect(headings!.split(/ +/)).toEqual(['OWNER', 'JOBS', 'UPLOADS', 'SIZE', 'OLDEST']);
  expect(row!.split(/ {2,}/)).toEqual([email, '2', '0', '4 kB', oldestAt]);
  expect(sum).toBe('4 kB in all');
  expect(await db.$count(jobs)).toBe(1);
  expect(await store.list('jobs')).toHaveLength(1);
});

test('a sweep says what it has removed', async () => {
  const { db, store, multiplane } = await studio();
  await makeJob(db, await makeUser(db));
  await store.writeAtomic('jobs/gone/1/depth/depth.png', Buffer.from('x'));
  expect(multiplane('sweep').stdout).toMatch(/^REMOVED +COUNT\nfolders of deleted jobs +1\n$/);
  expect(await store.list('jobs')).toEqual([]);
});
