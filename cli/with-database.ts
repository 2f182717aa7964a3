import { settings } from '#lib/config/settings';
import { type Database, openDatabase } from '#lib/db/client';
import { migrateDatabase } from '#lib/db/migrate';

/** Do something with the installation's database, brought up to date first, and close it. */
export async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const { databaseUrl, databaseToken } = settings();
  const db = await openDatabase(databaseUrl, databaseToken);
  try {
    await migrateDatabase(db);
    return await work(db);
  } finally {
    db.$client.close();
  }
}
