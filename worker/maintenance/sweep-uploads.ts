import { onBehalfOf } from '#lib/core/actor';
import { UPLOAD_FOLDERS, uploadFolder, uploadKey } from '#lib/media/store/file-key';
import {
  deleteUnusedUploads,
  isAnyUploadThere,
  orphanedUploads,
  uploadedContents,
} from '#lib/media/leftovers';
import { discardContent, discardUpload } from '#lib/media/uploads';
import type { SweepContext } from './sweep.ts';

export interface SweptUploads {
  /** Files that no upload has. */
  contents: number;
  /** Stored for a job that was never made, or without their file. */
  uploads: number;
}

/**
 * Remove what is left of intakes that were broken off. What is younger than an epoch millisecond may be under way. Where
 * no upload is known, or no file is stored, nothing is taken for a leftover of the other: more likely than not it is the
 * wrong database, or a disk that is not mounted.
 */
export async function sweepUploads(context: SweepContext, olderThan: number): Promise<SweptUploads> {
  const swept = { contents: 0, uploads: 0 };
  if (!(await isAnyUploadThere(context.db))) return swept;
  const missing: string[] = [];
  let anyStored = false;
  for (const digits of UPLOAD_FOLDERS) {
    swept.uploads += await discardOrphans(context, digits, olderThan);
    const stored = (await context.store.list(uploadFolder(digits))).map((key) => key.split('/').at(-1)!);
    const uploaded = await uploadedContents(context.db, digits);
    const unknown = stored.filter((sha256) => !uploaded.delete(sha256));
    swept.contents += await discardUnknown(context, unknown, olderThan);
    anyStored ||= stored.length > 0;
    missing.push(...uploaded);
  }
  if (anyStored) swept.uploads += await deleteHollow(context, missing, olderThan);
  return swept;
}

async function discardOrphans(
  { db, store }: SweepContext,
  digits: string,
  olderThan: number,
): Promise<number> {
  const orphans = await orphanedUploads(db, digits, olderThan);
  for (const { id, ownerId } of orphans) await discardUpload(db, store, onBehalfOf(ownerId), id);
  return orphans.length;
}

async function discardUnknown(
  { db, store }: SweepContext,
  contents: string[],
  olderThan: number,
): Promise<number> {
  let discarded = 0;
  for (const sha256 of contents) {
    const file = await store.stat(uploadKey(sha256));
    if (!file || file.modifiedAt >= olderThan) continue;
    await discardContent(db, store, sha256);
    discarded++;
  }
  return discarded;
}

/** Delete uploads whose file never came, except those that a job takes. */
async function deleteHollow(
  { db, store }: SweepContext,
  contents: string[],
  olderThan: number,
): Promise<number> {
  let deleted = 0;
  for (const sha256 of contents) {
    if (!(await store.stat(uploadKey(sha256)))) deleted += await deleteUnusedUploads(db, sha256, olderThan);
  }
  return deleted;
}
