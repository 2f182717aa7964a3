import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** How long a finished job took, kept when the job is gone: what estimates are made of. Only the latest are kept. */
export const runTimes = sqliteTable(
  'run_times',
  {
    id: integer().primaryKey({ autoIncrement: true }),
    host: text().notNull(),
    device: text().notNull(),
    pipeline: text().notNull(),
    model: text().notNull(),
    /** Pixels of its pictures together. */
    inputPixels: integer('input_pixels').notNull(),
    /** Milliseconds of each stage. */
    stageMs: text('stage_ms', { mode: 'json' }).$type<Record<string, number>>().notNull(),
    totalMs: integer('total_ms').notNull(),
  },
  (table) => [index('run_times_kind').on(table.pipeline, table.model, table.host, table.id)],
);
