import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { deleteBatchIfEmpty, deleteEmptyBatches } from '#lib/jobs/batches/batches';
import { jobFolder } from '#lib/jobs/files';
import { finishedJobIds, jobUploads } from '#lib/jobs/queries';
import { deleteJob } from '#lib/jobs/requests';
import type { FileStore } from '#lib/media/store/store';
import { discardUpload } from '#lib/media/uploads';

/**
 * Delete a finished job with everything it made, and with the pictures that were sent for it, where no other job takes
 * them; a picture that was uploaded by itself stays.
 * Throws AppError `not_found`, or `conflict` while it is active.
 */
export async function discardJob(db: Database, store: FileStore, actor: Actor, id: string): Promise<void> {
  const inputs = await jobUploads(db, id);
  const { batchId } = await deleteJob(db, actor, id);
  if (batchId !== null) await deleteBatchIfEmpty(db, batchId);
  await store.removeTree(jobFolder(id));
  for (const { upload } of inputs) {
    if (!upload.kept) await discardUpload(db, store, actor, upload.id);
  }
}

/**
 * Delete every finished job of the actor's likewise, and batches whose pictures were all refused. Returns how many jobs;
 * one that was put back or deleted meanwhile is not among them.
 */
export async function discardFinishedJobs(
  db: Database,
  store: FileStore,
  actor: Actor,
  now: number,
): Promise<number> {
  let deleted = 0;
  for await (const slice of finishedJobIds(db, actor)) {
    for (const { id } of slice) if (await discardIfFinished(db, store, actor, id)) deleted++;
  }
  await deleteEmptyBatches(db, actor, now);
  return deleted;
}

/** The same for one job that need not be there or finished any more; false where it was not. */
export async function discardIfFinished(
  db: Database,
  store: FileStore,
  actor: Actor,
  id: string,
): Promise<boolean> {
  try {
    await discardJob(db, store, actor, id);
    return true;
  } catch (error) {
    if (error instanceof AppError && (error.code === 'conflict' || error.code === 'not_found')) return false;
    throw error;
  }
}
