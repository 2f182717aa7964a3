import { copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, onTestFinished } from 'vitest';
import { checkpoint, type Database, openDatabase } from '#lib/db/client';
import { migrateDatabase } from '#lib/db/migrate';
import { lastingFolder } from './lasting-folder.ts';
import { temporaryFolder } from './temporary-folder.ts';

let base: Promise<string> | undefined;

/** An empty, migrated database of the test's own: a copy of one that is migrated once for each test file. */
export async function testDatabase(): Promise<Database> {
  const { db } = await testDatabaseFile();
  return db;
}

/** The same, with its address, for a test that opens it more than once. */
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
  const folder = lastingFolder();
  afterAll(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'base.db');
  const db = await openDatabase(pathToFileURL(file).href);
  await migrateDatabase(db);
  await checkpoint(db);
  db.$client.close();
  return file;
}
