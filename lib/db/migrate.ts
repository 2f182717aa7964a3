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

/** How many migrations the database still lacks. Rejects where it has had none. */
export async function countMissingMigrations(db: Database): Promise<number> {
  const row = await db.get<{ total: number }>(sql`SELECT count(*) AS total FROM __drizzle_migrations`);
  return readMigrationFiles(GENERATED).length - row.total;
}
