import { jobFolder } from '#lib/jobs/files';
import { existingJobs } from '#lib/jobs/queries';
import type { WorkerContext } from '../context.ts';

/** An upload or a download that has not grown for this long was broken off. */
const UNFINISHED_AFTER_MS = 60 * 60_000;

/** Remove files nobody will ask for: of jobs that were deleted, and of intakes that were broken off by a crash. */
export async function sweepFiles({ db, store, log, clock }: WorkerContext): Promise<void> {
  const ids = await store.folders('jobs');
  const known = await existingJobs(db, ids);
  for (const id of ids.filter((jobId) => !known.has(jobId))) {
    await store.removeTree(jobFolder(id));
    log.info({ jobId: id }, 'files of a deleted job removed');
  }
  await store.sweep(clock() - UNFINISHED_AFTER_MS);
}
