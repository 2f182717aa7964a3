import { jobFolder } from '#lib/jobs/files';
import { filesInUse, type FilesInUse, isAnyJobThere, lastChanges } from '#lib/jobs/leftovers';
import type { SweepContext } from './sweep.ts';

/** Jobs that are looked at together. */
const SLICE = 100;

export interface SweptJobs {
  /** Of jobs that are gone. */
  jobFolders: number;
  /** Of jobs that are there. */
  jobFiles: number;
}

/**
 * Remove the files of jobs that are gone, and of those that have changed since an epoch millisecond the files that nobody
 * will ask for. Where no job is known at all, nothing is removed: more likely than not it is the wrong database.
 */
export async function sweepJobs(context: SweepContext, changedSince: number): Promise<SweptJobs> {
  const { db, store } = context;
  const swept = { jobFolders: 0, jobFiles: 0 };
  if (!(await isAnyJobThere(db))) return swept;
  for await (const jobIds of inSlices(store.folders('jobs'))) {
    const changes = await lastChanges(db, jobIds);
    for (const id of jobIds.filter((jobId) => !changes.has(jobId))) {
      await store.removeTree(jobFolder(id));
      swept.jobFolders++;
    }
    const changed = jobIds.filter((id) => (changes.get(id) ?? Number.NEGATIVE_INFINITY) >= changedSince);
    swept.jobFiles += await removeUnused(context, changed);
  }
  return swept;
}

/** Remove the files of these jobs that nobody will ask for. Returns how many. */
export async function removeUnused({ db, store }: SweepContext, jobIds: string[]): Promise<number> {
  const listed = new Map<string, string[]>();
  for (const id of jobIds) listed.set(id, await store.list(jobFolder(id)));
  const inUse = await filesInUse(db, jobIds);
  let removed = 0;
  for (const [id, keys] of listed) {
    for (const key of keys.filter((file) => !isInUse(file, inUse.get(id)))) {
      await store.remove(key);
      removed++;
    }
  }
  return removed;
}

function isInUse(key: string, inUse: FilesInUse | undefined): boolean {
  if (!inUse) return false;
  return inUse.recorded.has(key) || (inUse.underWay !== null && key.startsWith(inUse.underWay));
}

async function* inSlices(names: AsyncIterable<string>): AsyncGenerator<string[], void> {
  let slice: string[] = [];
  for await (const name of names) {
    if (slice.push(name) < SLICE) continue;
    yield slice;
    slice = [];
  }
  if (slice.length > 0) yield slice;
}
