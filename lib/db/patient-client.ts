import type { Client, InStatement, TransactionMode } from '@libsql/client';

/** Runs an operation of a client as often as it takes. `isRead`: it changes nothing, so it may be sent again. */
export type Guard = <T>(operation: () => Promise<T>, isRead: boolean) => Promise<T>;

/**
 * A client with our policy on it: operations that fail in passing are repeated by the guard, batches always take the
 * write lock at once (a read that upgrades fails without waiting), and interactive transactions do not exist, since one
 * that awaited anything slow would hold up every other process.
 */
export function patientClient(client: Omit<Client, 'transaction'>, guarded: Guard): Client {
  const policy: Partial<Client> = {
    execute: ((statement: InStatement, args?: never) =>
      guarded(() => client.execute(statement as string, args), isRead(statement))) as Client['execute'],
    batch: (statements, _mode?: TransactionMode) => guarded(() => client.batch(statements, 'write'), false),
    migrate: (statements) => guarded(() => client.migrate(statements), false),
    transaction: () => Promise.reject(new Error('Interactive transactions are not used here; use a batch.')),
  };
  return new Proxy(client as Client, {
    get: (target, property) => {
      const own = policy[property as keyof Client] ?? target[property as keyof Client];
      return typeof own === 'function' ? own.bind(target) : own;
    },
  });
}

function isRead(statement: InStatement): boolean {
  const text = typeof statement === 'string' ? statement : statement.sql;
  return /^\s*SELECT\b/i.test(text);
}
