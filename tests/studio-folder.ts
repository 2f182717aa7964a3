import { existsSync, readdirSync, rmSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { database } from '#lib/db/connection';
import { migrateDatabase } from '#lib/db/migrate';
import { batches } from '#lib/db/schema/batches';
import { idempotencyKeys } from '#lib/db/schema/idempotency';
import { jobs } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import { settings } from '#lib/config/settings';
import { lastingFolder } from './lasting-folder.ts';

/*
 * For a test file that calls route handlers: a data folder and a database of its own, by the settings. Import it before
 * anything that reads them.
 */

const folder = lastingFolder();
process.env.MULTIPLANE_DATA_DIR = folder;
process.env.MULTIPLANE_AUTH_SECRET = 'for tests alone '.repeat(4);
process.env.MULTIPLANE_LOG_LEVEL = 'silent';

beforeAll(async () => {
  await migrateDatabase(await database());
});

afterAll(async () => {
  (await database()).$client.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Remove every job, batch, upload and file, and what is remembered of requests. */
export async function emptyStudio(): Promise<void> {
  const db = await database();
  await db.delete(jobs);
  await db.delete(batches);
  await db.delete(idempotencyKeys);
  await db.delete(uploads);
  rmSync(settings().filesDir, { recursive: true, force: true });
}

export const NOTHING = { jobs: 0, uploads: 0, files: 0 };

/** How much the studio holds at this moment, unfinished files included. */
export async function kept(): Promise<typeof NOTHING> {
  const db = await database();
  const { filesDir } = settings();
  const entries = existsSync(filesDir) ? readdirSync(filesDir, { recursive: true, withFileTypes: true }) : [];
  return {
    jobs: await db.$count(jobs),
    uploads: await db.$count(uploads),
    files: entries.filter((entry) => entry.isFile()).length,
  };
}
