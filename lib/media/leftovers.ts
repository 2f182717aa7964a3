import { and, eq, gte, lt, notExists, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { uploads } from '#lib/db/schema/media';
import { takers, type Upload } from './queries.ts';

/*
 * What a process that died may have left of uploads. Each question is about one folder of them (see file-key.ts), so that
 * its answer stays short.
 */

export async function isAnyUploadThere(db: Database): Promise<boolean> {
  return (await db.select({ id: uploads.id }).from(uploads).limit(1)).length > 0;
}

/** Pictures that were stored for a job long ago, and no job takes them. */
export async function orphanedUploads(db: Database, digits: string, storedBefore: number): Promise<Upload[]> {
  return db
    .select()
    .from(uploads)
    .where(and(inFolder(digits), sql`${uploads.kept} = 0`, unusedSince(db, storedBefore)));
}

/** The contents that uploads have, whether their files are there or not. */
export async function uploadedContents(db: Database, digits: string): Promise<Set<string>> {
  const rows = await db.selectDistinct({ sha256: uploads.sha256 }).from(uploads).where(inFolder(digits));
  return new Set(rows.map(({ sha256 }) => sha256));
}

/** Delete the uploads of a content that were stored long ago and that no job takes. Returns how many. */
export async function deleteUnusedUploads(
  db: Database,
  sha256: string,
  storedBefore: number,
): Promise<number> {
  const { rowsAffected } = await db
    .delete(uploads)
    .where(and(eq(uploads.sha256, sha256), unusedSince(db, storedBefore)));
  return rowsAffected;
}

/** Hashes that begin with these digits: as text they lie before the digits with a g, which no hash has. */
function inFolder(digits: string) {
  return and(gte(uploads.sha256, digits), lt(uploads.sha256, `${digits}g`));
}

function unusedSince(db: Database, storedBefore: number) {
  return and(lt(uploads.storedAt, storedBefore), notExists(takers(db)));
}
