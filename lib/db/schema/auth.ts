import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

export const users = sqliteTable('users', {
  id: text().primaryKey(),
  /** Lower case, so that it is unique however it is typed. */
  email: text().notNull().unique(),
  name: text().notNull(),
  passwordHash: text('password_hash').notNull(),
  role: text({ enum: ['user', 'admin'] }).notNull(),
  /** Raised when the password changes; a session made under an older version has ended. */
  sessionVersion: integer('session_version').notNull().default(1),
  createdAt: integer('created_at').notNull(),
});

export const apiKeys = sqliteTable(
  'api_keys',
  {
    id: text().primaryKey(),
    ownerId: text('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    /** The first characters of the key, enough to tell it from another. */
    prefix: text().notNull(),
    /** sha256 of the whole key, hex: a key is 32 random bytes, so a slow hash adds nothing. */
    hash: text().notNull().unique(),
    /** What it may be used for; see `lib/auth/scopes`. */
    scopes: text({ mode: 'json' })
      .$type<string[]>()
      .notNull()
      .default(['jobs:read', 'jobs:write', 'models:write', 'admin']),
    /** Not taken from this moment on. A key that was replaced has until then. */
    expiresAt: integer('expires_at'),
    /** The key whose place it took. */
    replacesId: text('replaces_id'),
    /** Requests that change something, where it has budgets of its own. */
    hourlyLimit: integer('hourly_limit'),
    dailyLimit: integer('daily_limit'),
    createdAt: integer('created_at').notNull(),
    lastUsedAt: integer('last_used_at'),
    revokedAt: integer('revoked_at'),
  },
  (table) => [index('api_keys_owner').on(table.ownerId)],
);
