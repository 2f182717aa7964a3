import { and, count, eq, notExists } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { notFound } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { jobInputs } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';

export type Upload = typeof uploads.$inferSelect;

export async function insertUpload(db: Database, upload: Upload): Promise<void> {
  await db.insert(uploads).values(upload);
}

/** An upload of the actor's own. Throws AppError `not_found`. */
export async function getUpload(db: Database, actor: Actor, id: string): Promise<Upload> {
  const [row] = await db
    .select()
    .from(uploads)
    .where(and(eq(uploads.id, id), eq(uploads.ownerId, actor.userId)));
  if (!row) throw notFound('upload');
  return row;
}

/** Of the upload that a statement is about, the jobs that take it. */
export function takers(db: Database) {
  return db.select({ jobId: jobInputs.jobId }).from(jobInputs).where(eq(jobInputs.uploadId, uploads.id));
}

/** Delete the row of an upload that no job takes; null where one does, or there is no such upload. */
export async function deleteUnusedUpload(db: Database, actor: Actor, id: string): Promise<Upload | null> {
  const [row] = await db
    .delete(uploads)
    .where(and(eq(uploads.id, id), eq(uploads.ownerId, actor.userId), notExists(takers(db))))
    .returning();
  return row ?? null;
}

/** Whether anybody has an upload of this content. */
export async function isContentInUse(db: Database, sha256: string): Promise<boolean> {
  const [row] = await db.select({ total: count() }).from(uploads).where(eq(uploads.sha256, sha256));
  return row!.total > 0;
}
