import { afterAll, onTestFinished } from 'vitest';
import { type Database, openDatabase } from '#lib/db/client';
import { migrateDatabase } from '#lib/db/migrate';
import { Sqld } from './servers/sqld.ts';

/** Whether this run's test databases lie on a server: the same tests, on the other kind of database. */
export const onServer = process.env.MULTIPLANE_TEST_DATABASE === 'server';

let server: Promise<Sqld> | undefined;

// Said while the tests are collected: within one that runs, it would be too late to be heard.
afterAll(async () => {
  await (await server)?.dispose();
});

/** The migrated database on the test file's own server, emptied: tests of one file come one after another. */
export async function serverDatabase(): Promise<Database> {
  server ??= Sqld.start();
  const db = await openDatabase((await server).url);
  onTestFinished(() => db.$client.close());
  await migrateDatabase(db);
  await emptyTables(db);
  return db;
}

async function emptyTables(db: Database): Promise<void> {
  const { rows } = await db.$client.execute(
    String.raw`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '\_\_%' ESCAPE '\' AND name NOT LIKE 'sqlite%'`,
  );
  const deletes = rows.map(({ name }) => `DELETE FROM ${name as string}`);
  await db.$client.batch(['PRAGMA defer_foreign_keys=ON', ...deletes]);
}
