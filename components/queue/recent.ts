import type { JobResource, JobStatus } from '#lib/jobs/resource';

/** How many finished jobs stand below the queue. */
export const RECENT_SHOWN = 6;
export const FINISHED: readonly JobStatus[] = ['completed', 'failed', 'cancelled'];

/** Of the newest jobs of each finished state, the ones that ended last, latest first. */
export function latestOf(lists: JobResource[][]): JobResource[] {
  return lists
    .flat()
    .toSorted((a, b) => endedAt(b) - endedAt(a))
    .slice(0, RECENT_SHOWN);
}

function endedAt(job: JobResource): number {
  return Date.parse(job.completed_at ?? job.updated_at);
}
