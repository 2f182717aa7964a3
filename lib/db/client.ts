import { type Client, createClient, type InStatement, type TransactionMode } from '@libsql/client';
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql';
import { ensureDatabaseFile } from './database-file.ts';
import { isBusy, retryWhileBusy } from './retry.ts';

export type Database = LibSQLDatabase & { $client: Client };

/**
 * Pragmas that a connection carries, not the file: each connection of each process needs them before anything else.
 * Automatic checkpoints are off, first of all, because the bundled SQLite can corrupt a WAL that is checkpointed
 * passively beside a writer; see docs/decisions/003-connections.md.
 */
const CONNECTION_PRAGMAS = [
  'PRAGMA wal_autocheckpoint=0',
  'PRAGMA foreign_keys=ON',
  'PRAGMA temp_store=MEMORY',
  'PRAGMA synchronous=NORMAL',
];
/** Kept in the file, so once will do. */
const FILE_PRAGMA = 'PRAGMA journal_mode=WAL';
/** How long SQLite itself may block the event loop for a lock before our asynchronous retry takes over. */
const BUSY_TIMEOUT_MS = 5;

/**
 * Open the database at a `file:` address: one connection, so that its pragmas hold, and every statement retried while it
 * is busy. Throws an error for the operator where there can be no file at that address.
 */
export async function openDatabase(url: string): Promise<Database> {
  ensureDatabaseFile(url);
  const client = createClient({ url, concurrency: 1, timeout: BUSY_TIMEOUT_MS });
  const patient = patientClient(client);
  try {
    await patient.execute(FILE_PRAGMA);
  } catch (error) {
    client.close();
    throw error;
  }
  return drizzle(patient) as Database;
}

/**
 * Fold the write-ahead log into the file and empty it. Only the worker's maintenance calls this. False where somebody
 * was reading or writing: then the next one does it.
 */
export async function checkpoint(db: Database): Promise<boolean> {
  const { rows } = await db.$client.execute('PRAGMA wal_checkpoint(TRUNCATE)');
  return rows[0]?.['busy'] === 0;
}

/**
 * The client with our policy on it: busy statements are retried, batches always take the write lock at once (a
 * read that upgrades fails without waiting), and interactive transactions do not exist, since one that awaited
 * anything slow would hold up both processes.
 */
function patientClient(client: Client): Client {
  const guarded = guard(client);
  const policy: Partial<Client> = {
    execute: ((statement: InStatement | string, args?: never) =>
      guarded(() => client.execute(statement as string, args))) as Client['execute'],
    batch: (statements, _mode?: TransactionMode) => guarded(() => client.batch(statements, 'write')),
    migrate: (statements) => guarded(() => client.migrate(statements)),
    transaction: () => Promise.reject(new Error('Interactive transactions are not used here; use a batch.')),
  };
  return new Proxy(client, {
    get: (target, property) => {
      const own = policy[property as keyof Client] ?? target[property as keyof Client];
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}

/**
 * Runs operations, each only once the connection carries its pragmas. After one that failed the client may have replaced
 * the connection, so the next one sets them again; and where that fails, it does not run.
 */
function guard(client: Client): <T>(operation: () => Promise<T>) => Promise<T> {
  let carried = false;
  const attempt = async <T>(operation: () => Promise<T>): Promise<T> => {
    try {
      if (!carried) await applyPragmas(client);
      carried = true;
      return await operation();
    } catch (error) {
      carried = false;
      // libSQL leaves a refused statement open, and with it a view of the past that cannot be written from, ever.
      if (isBusy(error)) await client.reconnect();
      throw error;
    }
  };
  return (operation) => retryWhileBusy(() => attempt(operation));
}

async function applyPragmas(client: Client): Promise<void> {
  for (const pragma of CONNECTION_PRAGMAS) await client.execute(pragma);
}
