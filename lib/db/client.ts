import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Client, createClient, type InStatement, type TransactionMode } from '@libsql/client';
import { drizzle, type LibSQLDatabase } from 'drizzle-orm/libsql';
import { retryWhileBusy } from './retry.ts';

export type Database = LibSQLDatabase & { $client: Client };

/**
 * Pragmas every connection of every process carries. Automatic checkpoints are off because the bundled SQLite
 * can corrupt a WAL that is checkpointed passively beside a writer; see docs/decisions/003-connections.md.
 */
const CONNECTION_PRAGMAS = [
  'PRAGMA journal_mode=WAL',
  'PRAGMA wal_autocheckpoint=0',
  'PRAGMA synchronous=NORMAL',
  'PRAGMA foreign_keys=ON',
  'PRAGMA temp_store=MEMORY',
];
/** How long SQLite itself may block the event loop for a lock before our asynchronous retry takes over. */
const BUSY_TIMEOUT_MS = 5;

/** Open a database: one connection, so that its pragmas hold, and every statement retried while it is busy. */
export async function openDatabase(url: string): Promise<Database> {
  const embedded = url.startsWith('file:');
  if (embedded) mkdirSync(dirname(filePath(url)), { recursive: true });
  const client = createClient({ url, concurrency: embedded ? 1 : 20, timeout: BUSY_TIMEOUT_MS });
  const patient = embedded ? embeddedClient(client) : client;
  if (embedded) await retryWhileBusy(() => applyPragmas(client));
  return drizzle(patient) as Database;
}

/** Fold the write-ahead log into the file and empty it. Only the worker's maintenance calls this. */
export async function checkpoint(db: Database): Promise<void> {
  await db.$client.execute('PRAGMA wal_checkpoint(TRUNCATE)');
}

async function applyPragmas(client: Client): Promise<void> {
  for (const pragma of CONNECTION_PRAGMAS) await client.execute(pragma);
}

/**
 * The client with our policy on it: busy statements are retried, batches always take the write lock at once (a
 * read that upgrades fails without waiting), and interactive transactions do not exist, since one that awaited
 * anything slow would hold up both processes.
 */
function embeddedClient(client: Client): Client {
  const guarded = <T>(operation: () => Promise<T>) => retryWhileBusy(() => keepPragmas(client, operation));
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

/** After a failed statement the pool may have replaced its connection; give the next one its pragmas again. */
async function keepPragmas<T>(client: Client, operation: () => Promise<T>): Promise<T> {
  try {
    return await operation();
  } catch (error) {
    await applyPragmas(client).catch(() => undefined);
    throw error;
  }
}

function filePath(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : url.slice('file:'.length);
}
