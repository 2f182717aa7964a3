import { existingJobs } from '#lib/jobs/queries';
import { jobFolder } from '#lib/jobs/files';
import type { WorkerContext } from '../context.ts';

/** Remove the files of jobs that were deleted, where a crash came between the row and its files. */
export async function sweepFiles({ db, store, log }: WorkerContext): Promise<void> {
  const ids = [...new Set((await store.list('jobs')).map((key) => key.split('/')[1]!))];
  const known = await existingJobs(db, ids);
  for (const id of ids.filter((jobId) => !known.has(jobId))) {
    await store.removeTree(jobFolder(id));
    log.info({ jobId: id }, 'files of a deleted job removed');
  }
}
