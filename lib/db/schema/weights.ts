import { integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { workers } from './workers.ts';

/** A model whose weights a worker fetches because jobs wait for them, or could not fetch; gone with the worker. */
export const weightFetches = sqliteTable(
  'weight_fetches',
  {
    workerId: text('worker_id')
      .notNull()
      .references(() => workers.id, { onDelete: 'cascade' }),
    /** Id of the model. */
    model: text().notNull(),
    /** What people call it. */
    title: text().notNull(),
    receivedBytes: integer('received_bytes').notNull(),
    totalBytes: integer('total_bytes').notNull(),
    /** Why the last try failed, in a sentence; null while it is being fetched, or is next. */
    error: text(),
    /** When it is tried again after that; null where it is not, unless somebody sees to it. */
    retryAt: integer('retry_at'),
    updatedAt: integer('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.workerId, table.model] })],
);
