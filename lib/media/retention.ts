import { and, asc, count, eq, exists, inArray, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { listed } from '#lib/db/listed';
import { uploads } from '#lib/db/schema/media';
import { slices } from '#lib/db/slices';
import { takers } from './queries.ts';

/* What retention looks at. Which of it goes is decided in lib/pipelines; see docs/retention.md. */

/** A picture that was uploaded by itself and is taken by no job. */
export interface UnusedUpload {
  id: string;
  /** When it was sent. */
  at: number;
  sha256: string;
  sizeBytes: number;
}

/** An owner's pictures that were uploaded by themselves and are taken by no job, oldest first. */
export async function* unusedUploads(db: Database, ownerId: string): AsyncGenerator<UnusedUpload[], void> {
  const read = (after: KeptUpload | undefined, limit: number) => keptUploads(db, ownerId, after, limit);
  for await (const rows of slices(read)) {
    yield rows.filter(({ isTaken }) => isTaken === 0);
  }
}

type KeptUpload = Awaited<ReturnType<typeof keptUploads>>[number];

/** Rows that are taken are marked, not skipped: so a statement never looks further than its limit. */
async function keptUploads(
  db: Database,
  ownerId: string,
  after: { at: number; id: string } | undefined,
  limit: number,
) {
  const later = after && sql`(${uploads.storedAt}, ${uploads.id}) > (${after.at}, ${after.id})`;
  return db
    .select({
      id: uploads.id,
      at: uploads.storedAt,
      sha256: uploads.sha256,
      sizeBytes: uploads.sizeBytes,
      isTaken: sql<number>`${exists(takers(db))}`.as('is_taken'),
    })
    .from(uploads)
    .where(and(eq(uploads.ownerId, ownerId), sql`${uploads.kept} = 1`, later))
    .orderBy(asc(uploads.storedAt), asc(uploads.id))
    .limit(limit);
}

/** How many uploads have each of these contents, by owner. */
export async function countCopies(
  db: Database,
  contents: string[],
): Promise<{ sha256: string; ownerId: string; copies: number }[]> {
  return db
    .select({ sha256: uploads.sha256, ownerId: uploads.ownerId, copies: count() })
    .from(uploads)
    .where(inArray(uploads.sha256, listed(contents)))
    .groupBy(uploads.sha256, uploads.ownerId);
}
