import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** A device a worker computes on. `note` says why it is not the one that was asked for. */
export interface WorkerDevice {
  provider: string;
  note: string | null;
}

/** A worker process that lives, or lived not long ago. */
export const workers = sqliteTable('workers', {
  id: text().primaryKey(),
  host: text().notNull(),
  pid: integer().notNull(),
  version: text().notNull(),
  devices: text({ mode: 'json' }).$type<WorkerDevice[]>().notNull(),
  capacity: integer().notNull(),
  /** UDP port on its own machine at which it takes a nudge to look for work; null where it has none. */
  nudgePort: integer('nudge_port'),
  startedAt: integer('started_at').notNull(),
  heartbeatAt: integer('heartbeat_at').notNull(),
});
