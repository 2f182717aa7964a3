import { resolve } from 'node:path';
import { migrate } from 'drizzle-orm/libsql/migrator';
import type { Database } from './client.ts';

/** Bring the schema up to date from the generated files in `drizzle/`. Does nothing where it already is. */
export async function migrateDatabase(db: Database): Promise<void> {
  await migrate(db, { migrationsFolder: resolve('drizzle') });
}
