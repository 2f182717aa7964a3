import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from './auth.ts';

/** A picture of a batch that was not taken, and so has no job. */
export interface RefusedPicture {
  /** Its place in the batch, from 0. */
  position: number;
  filename: string;
  error: { code: string; message: string; suggestion: string | null };
}

/** Many pictures under one setting: each is a job of its own that bears the batch's id. */
export const batches = sqliteTable(
  'batches',
  {
    id: text().primaryKey(),
    ownerId: text('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    /** What its owner calls it. */
    name: text(),
    pipeline: text().notNull(),
    model: text().notNull(),
    params: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    priority: integer().notNull().default(0),
    refused: text({ mode: 'json' }).$type<RefusedPicture[]>().notNull(),
    pausedAt: integer('paused_at'),
    createdAt: integer('created_at').notNull(),
  },
  (table) => [index('batches_owner').on(table.ownerId, table.id)],
);
