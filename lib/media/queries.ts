import { and, count, eq, notExists, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { notFound } from '#lib/core/errors';
import { ownerStorageFull } from '#lib/core/storage-full';
import type { Database } from '#lib/db/client';
import { leadsTo } from '#lib/db/failures';
import type { Statement } from '#lib/db/prepared';
import { jobInputs } from '#lib/db/schema/jobs';
import { ownerStorage } from '#lib/db/schema/limits';
import { uploads } from '#lib/db/schema/media';

export type Upload = typeof uploads.$inferSelect;

/**
 * Throws AppError `storage_quota_exceeded` where its owner's files would take up more than that.
 * @param mostBytes 0 is any number
 * @param alongside what goes after it in the same transaction
 */
export async function insertUpload(
  db: Database,
  upload: Upload,
  mostBytes: number,
  alongside: readonly Statement[] = [],
): Promise<void> {
  const insert = db.insert(uploads).values(upload);
  const limit = mostBytes === 0 ? [] : [refuseIfOver(db, upload.ownerId, mostBytes)];
  const others = [...limit, ...alongside];
  try {
    await (others.length === 0 ? insert : db.batch([insert, ...others]));
  } catch (error) {
    throw isRefused(error) ? ownerStorageFull(mostBytes) : error;
  }
}

/** What the statement would write is null, which the column refuses, and with it what was written before. */
function refuseIfOver(db: Database, ownerId: string, mostBytes: number) {
  const { uploadBytes, outputBytes } = ownerStorage;
  return db
    .update(ownerStorage)
    .set({ uploadBytes: sql`NULL` })
    .where(and(eq(ownerStorage.ownerId, ownerId), sql`${uploadBytes} + ${outputBytes} > ${mostBytes}`));
}

function isRefused(error: unknown): boolean {
  return leadsTo(error, ({ message }) => message?.includes('constraint failed: owner_storage') === true);
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
