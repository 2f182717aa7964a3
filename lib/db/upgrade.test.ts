import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { sql } from 'drizzle-orm';
import { migrate } from 'drizzle-orm/libsql/migrator';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { type Database, openDatabase } from './client.ts';
import { migrateDatabase } from './migrate.ts';
import { jobInputs, jobOutputs, jobs, jobStages } from './schema/jobs.ts';
import { ownerStorage } from './schema/limits.ts';

/** A database as the first release left it. */
async function firstRelease(): Promise<Database> {
  const folder = temporaryFolder();
  const journal = JSON.parse(readFileSync('drizzle/meta/_journal.json', 'utf8'));
  const [first] = journal.entries;
  mkdirSync(join(folder, 'meta'));
  writeFileSync(join(folder, 'meta/_journal.json'), JSON.stringify({ ...journal, entries: [first] }));
  copyFileSync(`drizzle/${first.tag}.sql`, join(folder, `${first.tag}.sql`));
  const db = await openDatabase(pathToFileURL(join(folder, 'old.db')).href);
  onTestFinished(() => db.$client.close());
  await migrate(db, { migrationsFolder: folder });
  return db;
}

const ROWS = [
  `INSERT INTO users (id, email, name, password_hash, role, created_at) VALUES ('u', 'e', 'n', '-', 'user', 0)`,
  `INSERT INTO uploads (id, owner_id, sha256, filename, format, content_type, size_bytes, width, height, mode, has_alpha,
    stored_at) VALUES ('i', 'u', 's', 'a.jpg', 'jpeg', 'image/jpeg', 1, 1, 1, 'srgb', 0, 0)`,
  `INSERT INTO jobs (id, owner_id, pipeline, model, params, status, run_at, max_attempts, warnings, created_at, updated_at,
    completed_at) VALUES ('done', 'u', 'p', 'm', '{"n":1}', 'completed', 0, 3, '[]', 0, 0, 1)`,
  `INSERT INTO jobs (id, owner_id, pipeline, model, params, status, run_at, max_attempts, warnings, created_at, updated_at)
    VALUES ('waiting', 'u', 'p', 'm', '{}', 'pending', 0, 3, '[]', 0, 0)`,
  `INSERT INTO job_inputs (job_id, role, upload_id) VALUES ('done', 'image', 'i')`,
  `INSERT INTO job_stages (job_id, stage, fence, files, elapsed_ms, completed_at) VALUES ('waiting', 's', 1, '[]', 1, 1)`,
  `INSERT INTO job_outputs (job_id, name, position, role, content_type, size_bytes, sha256, file_key)
    VALUES ('done', 'a', 0, 'result', 'image/png', 1, 's', 'k')`,
];

test('a database of the first release keeps every row, and its files are counted', async () => {
  const db = await firstRelease();
  await db.$client.batch(ROWS);
  await migrateDatabase(db);
  const rows = await db.select().from(jobs).orderBy(jobs.id);
  const added = { inputPixels: 0, batchId: null, batchPosition: null, crashes: 0 };
  expect(rows).toMatchObject([
    { id: 'done', status: 'completed', params: { n: 1 }, ...added },
    { id: 'waiting', status: 'pending', ...added },
  ]);
  for (const table of [jobInputs, jobStages, jobOutputs]) expect(await db.$count(table)).toBe(1);
  expect(await db.all(sql`PRAGMA foreign_key_check`)).toEqual([]);
  expect(await db.select().from(ownerStorage)).toEqual([{ ownerId: 'u', uploadBytes: 1, outputBytes: 1 }]);
  await db.delete(jobs);
  for (const table of [jobInputs, jobStages, jobOutputs]) expect(await db.$count(table)).toBe(0);
});
