import { settings } from '#lib/config/settings';
import { rememberSuccess } from '#lib/core/remember-success';
import { type Database, openDatabase } from './client.ts';

/** This process's database, opened once by the settings. */
export const database: () => Promise<Database> = rememberSuccess(async () => {
  const { databaseUrl, databaseToken } = settings();
  return openDatabase(databaseUrl, databaseToken);
});
