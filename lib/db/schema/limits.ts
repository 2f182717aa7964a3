import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from './auth.ts';

/** How much of a budget is used up in its current window, for all processes together. */
export const budgets = sqliteTable(
  'budgets',
  {
    /** What is limited: a kind of request. */
    budget: text().notNull(),
    /** Who is limited: a user, a key, an address. */
    subject: text().notNull(),
    windowStart: integer('window_start').notNull(),
    used: integer().notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.budget, table.subject] }),
    index('budgets_age').on(table.windowStart),
  ],
);

/** What the files of an owner take up. Kept by triggers on `uploads`, `job_outputs` and `jobs`, whoever writes those. */
export const ownerStorage = sqliteTable('owner_storage', {
  ownerId: text('owner_id')
    .primaryKey()
    .references(() => users.id, { onDelete: 'cascade' }),
  /** Of each content once, however often it was sent. */
  uploadBytes: integer('upload_bytes').notNull().default(0),
  outputBytes: integer('output_bytes').notNull().default(0),
});
