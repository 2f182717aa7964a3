import { expect, onTestFinished, test } from 'vitest';
import { testDatabase, testDatabaseFile } from '#tests/database';
import { makeJob, makeUpload, makeUser } from '#tests/factories';
import { hasSqld, Sqld } from '#tests/servers/sqld';
import { type Database, openDatabase } from './client.ts';
import { copyDatabase } from './copy.ts';
import { migrateDatabase } from './migrate.ts';
import { jobInputs, jobs } from './schema/jobs.ts';
import { ownerStorage } from './schema/limits.ts';
import { uploads } from './schema/media.ts';
import { users } from './schema/auth.ts';

const TABLES = [users, uploads, jobs, jobInputs, ownerStorage];

/** More rows than are copied at once. */
const JOBS = 450;

async function serverDatabase(): Promise<Database> {
  const server = await Sqld.start();
  onTestFinished(() => server.dispose());
  const db = await openDatabase(server.url);
  onTestFinished(() => db.$client.close());
  await migrateDatabase(db);
  return db;
}

async function contentOf(db: Database): Promise<unknown[][]> {
  return Promise.all(TABLES.map((table) => db.select().from(table)));
}

test.runIf(hasSqld)('a file moves to a server and back, row for row', async () => {
  const file = await testDatabase();
  const actor = await makeUser(file);
  const upload = await makeUpload(file, actor, { filename: 'Überfahrt 🚢.jpg' });
  for (let made = 0; made < JOBS; made++) await makeJob(file, actor, { params: { made, ratio: made / 7 } });
  const { id } = await makeJob(file, actor, { status: 'failed' });
  await file.insert(jobInputs).values({ jobId: id, role: 'image', uploadId: upload.id });

  const server = await serverDatabase();
  const total = JOBS + 5;
  expect(await copyDatabase(file, server)).toBe(total);
  expect(await contentOf(server)).toEqual(await contentOf(file));
  const back = await testDatabase();
  expect(await copyDatabase(server, back)).toBe(total);
  expect(await contentOf(back)).toEqual(await contentOf(file));
  for (const db of [server, back]) {
    expect((await db.$client.execute('PRAGMA foreign_key_check')).rows).toEqual([]);
    expect((await db.$client.execute('PRAGMA foreign_keys')).rows[0]![0]).toBe(1);
  }
});

test('a database that is in use is not copied into', async () => {
  const [from, to] = [await testDatabase(), await testDatabase()];
  await makeUser(from);
  const { userId } = await makeUser(to);
  await expect(copyDatabase(from, to)).rejects.toMatchObject({ code: 'conflict' });
  expect(await to.select({ id: users.id }).from(users)).toEqual([{ id: userId }]);
});

test('a database of another version is not copied', async () => {
  const { db, url } = await testDatabaseFile();
  await db.$client.execute(
    'DELETE FROM __drizzle_migrations WHERE created_at = (SELECT max(created_at) FROM __drizzle_migrations)',
  );
  const older = await openDatabase(url);
  onTestFinished(() => older.$client.close());
  await expect(copyDatabase(older, await testDatabase())).rejects.toMatchObject({ code: 'conflict' });
});
