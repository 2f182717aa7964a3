import { settings } from '#lib/config/settings';
import { type Database, openDatabase } from './client.ts';

let opening: Promise<Database> | undefined;

/** This process's database, opened once by the settings. */
export function database(): Promise<Database> {
  opening ??= openDatabase(settings().databaseUrl);
  return opening;
}
