import type { Client } from '@libsql/client';
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql';
import { openFile } from './file-client.ts';
import { openServer } from './server-client.ts';

export type Database = LibSQLDatabase & { $client: Client };

/**
 * Open the database at an address: a `file:` of this machine, or a libSQL server that many machines share. Both take the
 * same statements and keep the same policy. Throws an error for the operator where it cannot be had.
 */
export async function openDatabase(url: string, token: string | null = null): Promise<Database> {
  const client = await (url.startsWith('file:') ? openFile(url) : openServer(url, token));
  return drizzle(client) as Database;
}

/**
 * Fold the write-ahead log into the file and empty it. Only the worker's maintenance calls this. False where somebody
 * was reading or writing: then the next one does it. A server sees to its own.
 */
export async function checkpoint(db: Database): Promise<boolean> {
  if (db.$client.protocol !== 'file') return true;
  const { rows } = await db.$client.execute('PRAGMA wal_checkpoint(TRUNCATE)');
  return rows[0]?.['busy'] === 0;
}
