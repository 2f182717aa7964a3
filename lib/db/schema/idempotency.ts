import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from './auth.ts';

/** A request that must not be carried out twice, under the key its sender gave it. Written with what it made. */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    ownerId: text('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    key: text().notNull(),
    /** sha256 of what was asked for, hex: the same key with another request is a mistake. */
    fingerprint: text().notNull(),
    /** Id of the job or batch it made. */
    madeId: text('made_id').notNull(),
    /** The first answer's body, once it was given. */
    answer: text({ mode: 'json' }).$type<unknown>(),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.ownerId, table.key] }),
    index('idempotency_keys_age').on(table.createdAt),
  ],
);
