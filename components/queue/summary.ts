import type { JobResource } from '#lib/jobs/resource';

/** “2 running, 5 waiting”. */
export function summary(active: readonly JobResource[]): string {
  const running = active.filter(({ status }) => status === 'processing').length;
  const waiting = active.length - running;
  if (running + waiting === 0) return 'Nothing running';
  const parts = [running > 0 && `${running} running`, waiting > 0 && `${waiting} waiting`];
  return parts.filter(Boolean).join(', ');
}

/** A row of the queue: a job that stands alone, or the jobs of one batch. */
export type QueueRow = { job: JobResource } | { batchId: string; jobs: JobResource[] };

/** The rows of the queue, each batch where its first job stands. */
export function queueRows(active: readonly JobResource[]): QueueRow[] {
  const rows = new Map<string, QueueRow>();
  for (const job of active) {
    const row = rows.get(job.batch_id ?? job.id);
    if (row && 'jobs' in row) row.jobs.push(job);
    else rows.set(job.batch_id ?? job.id, job.batch_id ? { batchId: job.batch_id, jobs: [job] } : { job });
  }
  return [...rows.values()];
}
