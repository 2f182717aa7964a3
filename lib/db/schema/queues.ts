import { sql } from 'drizzle-orm';
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from './auth.ts';

/** One person's queue: whose turn it is, and whether it is paused. The row comes with their first job. */
export const queues = sqliteTable('queues', {
  ownerId: text('owner_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Virtual time of the job they enqueued last; see docs/decisions/008-order-and-fairness.md. */
  lastVt: integer('last_vt').notNull(),
  pausedAt: integer('paused_at'),
});

/** The one row that all queues share. */
export const queueState = sqliteTable(
  'queue_state',
  {
    id: integer().primaryKey(),
    /** Virtual time of the job that was claimed last. */
    vt: integer().notNull().default(0),
    /** When an administrator paused everything. */
    pausedAt: integer('paused_at'),
  },
  (table) => [check('queue_state_one', sql`${table.id} = 1`)],
);
