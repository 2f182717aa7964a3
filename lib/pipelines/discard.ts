import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { finishedJobIds, getJobResource } from '#lib/jobs/queries';
import { deleteJob } from '#lib/jobs/requests';
import type { FileStore } from '#lib/media/store';
import { discardUpload } from '#lib/media/uploads';
import { jobFolder } from '#lib/jobs/files';

/**
 * Delete a finished job with everything it made, and with its pictures where no other job takes them.
 * Throws AppError `not_found`, or `conflict` while it is active.
 */
export async function discardJob(
  db: Database,
  store: FileStore,
  actor: Actor,
  id: string,
  now: number,
): Promise<void> {
  const { inputs } = await getJobResource(db, actor, id, now);
  await deleteJob(db, actor, id);
  await store.removeTree(jobFolder(id));
  for (const input of inputs) await discardUpload(db, store, actor, input.upload_id);
}

/** Delete every finished job of the actor's likewise. Returns how many there were. */
export async function discardFinishedJobs(
  db: Database,
  store: FileStore,
  actor: Actor,
  now: number,
): Promise<number> {
  const ids = await finishedJobIds(db, actor);
  for (const id of ids) await discardJob(db, store, actor, id, now);
  return ids.length;
}
