import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Who did what that somebody may ask about later: sign-ins, keys, deletions, acts of administrators. Never changed. */
export const auditLog = sqliteTable(
  'audit_log',
  {
    id: text().primaryKey(),
    at: integer().notNull(),
    /** No reference: what somebody did outlives their account. Null where nobody was known, as at a refused sign-in. */
    actorId: text('actor_id'),
    /** Such as `sign_in.refused` or `job.deleted`. */
    action: text().notNull(),
    /** What it was done to: an id, or an e-mail address. */
    subject: text(),
    /** Where the request came from. */
    address: text(),
    requestId: text('request_id'),
    details: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull().default({}),
  },
  (table) => [index('audit_log_at').on(table.at), index('audit_log_actor').on(table.actorId, table.id)],
);
