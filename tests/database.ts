import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, onTestFinished } from 'vitest';
import { checkpoint, type Database, openDatabase } from '#lib/db/client';
import { migrateDatabase } from '#lib/db/migrate';
import { lastingFolder } from './lasting-folder.ts';
import { onServer, serverDatabase } from './server-database.ts';
import { temporaryFolder } from './temporary-folder.ts';

let base: Promise<string> | undefined;
let baseFolder: string | undefined;

// Said while the tests are collected: within one that runs, it would be too late to be heard.
afterAll(async () => {
  if (baseFolder) await rm(baseFolder, { recursive: true, force: true });
});

/**
 * An empty, migrated database of the test's own: a copy of one that is migrated once for each test file, or on a server
 * where the run is about those.
 */
export async function testDatabase(): Promise<Database> {
  if (onServer) return serverDatabase();
  const { db } = await testDatabaseFile();
  return db;
}

/** Likewise, always a file, and with its address, for a test that opens it more than once. */
export async function testDatabaseFile(): Promise<{ db: Database; url: string }> {
  base ??= migratedBase();
  const file = join(temporaryFolder(), 'test.db');
  await copyFile(await base, file);
  const url = pathToFileURL(file).href;
  const db = await openDatabase(url);
  onTestFinished(() => db.$client.close());
  return { db, url };
}

async function migratedBase(): Promise<string> {
  baseFolder = lastingFolder();
  const file = join(baseFolder, 'base.db');
  const db = await openDatabase(pathToFileURL(file).href);
  await migrateDatabase(db);
  await checkpoint(db);
  db.$client.close();
  return file;
}
