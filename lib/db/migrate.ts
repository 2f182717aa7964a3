import { resolve } from 'node:path';
import { sql } from 'drizzle-orm';
import { migrate } from 'drizzle-orm/libsql/migrator';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import type { Database } from './client.ts';

const GENERATED = { migrationsFolder: resolve('drizzle') };

/** Bring the schema up to date from the generated files in `drizzle/`. Does nothing where it already is. */
export async function migrateDatabase(db: Database): Promise<void> {
  await migrate(db, GENERATED);
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
