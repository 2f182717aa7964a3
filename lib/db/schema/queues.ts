import { sql } from 'drizzle-orm';
import { check, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from './auth.ts';

/** One person's queue, once it has been paused. */
export const queues = sqliteTable('queues', {
  ownerId: text('owner_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  pausedAt: integer('paused_at'),
});

/** How far the turns have got, for each priority; see docs/decisions/008-order-and-fairness.md. */
export const queueClocks = sqliteTable('queue_clocks', {
  priority: integer().primaryKey(),
  /** The highest virtual time that was claimed. */
  vt: integer().notNull(),
});

/** The one row that says whether everything is paused. */
export const queueState = sqliteTable(
  'queue_state',
  {
    id: integer().primaryKey(),
    /** When an administrator paused everything. */
    pausedAt: integer('paused_at'),
  },
  (table) => [check('queue_state_one', sql`${table.id} = 1`)],
);
