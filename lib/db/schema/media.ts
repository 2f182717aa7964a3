import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { users } from './auth.ts';

/** An image somebody sent. The bytes lie in the file store under their sha256, once however often they are sent. */
export const uploads = sqliteTable(
  'uploads',
  {
    id: text().primaryKey(),
    ownerId: text('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    sha256: text().notNull(),
    filename: text().notNull(),
    format: text({ enum: ['jpeg', 'png', 'webp', 'bmp', 'tiff', 'gif'] }).notNull(),
    contentType: text('content_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    /** Pixels, after the EXIF orientation. */
    width: integer().notNull(),
    height: integer().notNull(),
    /** Colour mode as decoded: srgb, b-w, cmyk, … */
    mode: text().notNull(),
    hasAlpha: integer('has_alpha', { mode: 'boolean' }).notNull(),
    /** Sent by itself, to be used as often as its owner likes: it outlives the jobs that take it. */
    kept: integer({ mode: 'boolean' }).notNull().default(false),
    storedAt: integer('stored_at').notNull(),
  },
  (table) => [
    index('uploads_owner').on(table.ownerId, table.id),
    index('uploads_sha256').on(table.sha256, table.ownerId),
    index('uploads_kept')
      .on(table.ownerId, table.storedAt, table.id)
      .where(sql`kept = 1`),
  ],
);
