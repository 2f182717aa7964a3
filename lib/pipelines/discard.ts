import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { jobFolder } from '#lib/jobs/files';
import { finishedJobIds, jobUploads } from '#lib/jobs/queries';
import { deleteJob } from '#lib/jobs/requests';
import type { FileStore } from '#lib/media/store';
import { discardUpload } from '#lib/media/uploads';

/**
 * Delete a finished job with everything it made, and with the pictures that were sent for it, where no other job takes
 * them; a picture that was uploaded by itself stays.
 * Throws AppError `not_found`, or `conflict` while it is active.
 */
export async function discardJob(db: Database, store: FileStore, actor: Actor, id: string): Promise<void> {
  const inputs = await jobUploads(db, id);
  await deleteJob(db, actor, id);
  await store.removeTree(jobFolder(id));
  for (const { upload } of inputs) {
    if (!upload.kept) await discardUpload(db, store, actor, upload.id);
  }
}

/**
 * Delete every finished job of the actor's likewise. Returns how many; one that was put back or deleted meanwhile is not
 * among them.
 */
export async function discardFinishedJobs(db: Database, store: FileStore, actor: Actor): Promise<number> {
  let deleted = 0;
  for (const id of await finishedJobIds(db, actor)) {
    try {
      await discardJob(db, store, actor, id);
      deleted++;
    } catch (error) {
      if (!(error instanceof AppError && (error.code === 'conflict' || error.code === 'not_found')))
        throw error;
    }
  }
  return deleted;
}
