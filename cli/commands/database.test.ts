import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { openDatabase } from '#lib/db/client';
import { migrateDatabase } from '#lib/db/migrate';
import { users } from '#lib/db/schema/auth';
import { registerHeartbeat } from '#lib/jobs/workers';
import { makeUser } from '#tests/factories';
import { hasSqld, Sqld } from '#tests/servers/sqld';
import { temporaryFolder } from '#tests/temporary-folder';

function multiplane(url: string, ...given: string[]) {
  const args = ['--import', 'tsx', 'cli/index.ts', 'database', ...given];
  const env = { ...process.env, MULTIPLANE_DATABASE_URL: url, MULTIPLANE_DATA_DIR: temporaryFolder() };
  return spawnSync(process.execPath, args, { encoding: 'utf8', env });
}

/** A database file that somebody has an account in. */
async function usedFile() {
  const path = join(temporaryFolder(), 'used.db');
  const url = pathToFileURL(path).href;
  const db = await openDatabase(url);
  onTestFinished(() => db.$client.close());
  await migrateDatabase(db);
  const { userId } = await makeUser(db);
  return { path, url, db, userId };
}

test.runIf(hasSqld)('a file is imported into a server and exported again', async () => {
  const server = await Sqld.start();
  onTestFinished(() => server.dispose());
  const { path, userId } = await usedFile();
  expect(multiplane(server.url, 'import', path).stdout).toBe('Rows copied: 1\n');
  expect(multiplane(server.url, 'import', path).stderr).toContain('there are users in it');

  const backup = join(temporaryFolder(), 'backup.db');
  expect(multiplane(server.url, 'export', backup)).toMatchObject({ status: 0 });
  expect(multiplane(server.url, 'export', backup).stderr).toContain('already');
  const db = await openDatabase(pathToFileURL(backup).href);
  onTestFinished(() => db.$client.close());
  expect(await db.select({ id: users.id }).from(users)).toEqual([{ id: userId }]);
});

test('a database with a worker on it is not copied', async () => {
  const { url, db } = await usedFile();
  const worker = { id: 'w', host: 'h', pid: 1, version: '0', devices: [], capacity: 1, nudgePort: null };
  await registerHeartbeat(db, worker, Date.now());
  const { status, stderr } = multiplane(url, 'export', join(temporaryFolder(), 'backup.db'));
  expect(status).toBe(1);
  expect(stderr).toContain('Stop the web process and the workers first');
});
