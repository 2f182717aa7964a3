import { resolve } from 'node:path';
import { sql } from 'drizzle-orm';
import { migrate } from 'drizzle-orm/libsql/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Database } from './client.ts';

const GENERATED = { migrationsFolder: resolve('drizzle') };

/** The record as drizzle makes it, and what it leaves out: that no migration can be entered, and so applied, twice. */
const RECORD = [
  'CREATE TABLE IF NOT EXISTS __drizzle_migrations (id SERIAL PRIMARY KEY, hash text NOT NULL, created_at numeric)',
  'CREATE UNIQUE INDEX IF NOT EXISTS __drizzle_migrations_once ON __drizzle_migrations (created_at)',
];

/**
 * Bring the schema up to date from the generated files in `drizzle/`. Does nothing where it already is. Processes that
 * start together may all try: each migration is applied whole by one of them, and the others find it done.
 */
export async function migrateDatabase(db: Database): Promise<void> {
  for (;;) {
    const { applied, known } = await migrationState(db);
    if (applied >= known) return;
    try {
      await db.$client.batch(RECORD);
      await migrate(db, GENERATED);
    } catch (error) {
      if ((await countApplied(db)) === applied) throw error;
    }
  }
}

/** How many migrations the database has had, and how many there are. */
export async function migrationState(db: Database): Promise<{ applied: number; known: number }> {
  return { applied: await countApplied(db), known: readMigrationFiles(GENERATED).length };
}

/** A database that was never migrated has not even the table that says so. */
async function countApplied(db: Database): Promise<number> {
  const table = await db.get<{ total: number }>(
    sql`SELECT count(*) AS total FROM sqlite_schema WHERE type = 'table' AND name = '__drizzle_migrations'`,
  );
  if (table.total === 0) return 0;
  return (await db.get<{ total: number }>(sql`SELECT count(*) AS total FROM __drizzle_migrations`)).total;
}
