import type { Client } from '@libsql/client';
import { databasePath, ensureDatabaseFile } from './database-file.ts';
import { isBusy } from './failures.ts';
import { FileConnection } from './file-connection.ts';
import { type Guard, patientClient } from './patient-client.ts';
import { retryWhile } from './retry.ts';

/**
 * What each connection of each process is told before anything else. Automatic checkpoints are off, first of all, because
 * the bundled SQLite can corrupt a WAL that is checkpointed passively beside a writer; see docs/decisions/003-connections.md.
 */
const CONNECTION_PRAGMAS = `
  PRAGMA wal_autocheckpoint=0;
  PRAGMA foreign_keys=ON;
  PRAGMA temp_store=MEMORY;
  PRAGMA synchronous=NORMAL;`;
/**
 * Kept in the file, so once will do; the size of pages from its first moment. Half of SQLite's own: whatever a transaction
 * touches is logged by the page.
 */
const FILE_PRAGMAS = `
  PRAGMA page_size=2048;
  PRAGMA journal_mode=WAL;`;
/** How long SQLite itself may block the event loop for a lock before our asynchronous retry takes over. */
const BUSY_TIMEOUT_MS = 5;
const BUSY_PATIENCE_MS = 10_000;

/**
 * The database at a `file:` address: one connection, and every statement retried while it is busy. Throws an error for the
 * operator where there can be no file at that address.
 */
export async function openFile(url: string): Promise<Client> {
  ensureDatabaseFile(url);
  const connection = new FileConnection({
    path: databasePath(url),
    pragmas: CONNECTION_PRAGMAS,
    busyTimeoutMs: BUSY_TIMEOUT_MS,
  });
  const guarded = guard(connection);
  try {
    await guarded(() => connection.executeMultiple(FILE_PRAGMAS), false);
  } catch (error) {
    connection.close();
    throw error;
  }
  return patientClient(connection, guarded);
}

function guard(connection: FileConnection): Guard {
  const attempt = async <T>(operation: () => Promise<T>): Promise<T> => {
    try {
      return await operation();
    } catch (error) {
      // libSQL leaves a refused statement open, and with it a view of the past that cannot be written from, ever.
      if (isBusy(error)) connection.reconnect();
      throw error;
    }
  };
  return (operation) => retryWhile(patienceWith, () => attempt(operation));
}

function patienceWith(error: unknown): number {
  return isBusy(error) ? BUSY_PATIENCE_MS : 0;
}
