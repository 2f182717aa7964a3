import type { JobResource, JobStatus } from '#lib/jobs/resource';
import { classNames } from '../ui/class-names.ts';

export const STATUS_LABELS: Record<JobStatus, string> = {
  pending: 'Waiting',
  processing: 'Running',
  completed: 'Done',
  failed: 'Failed',
  cancelled: 'Cancelled',
};

const DOTS: Record<JobStatus, string> = {
  pending: 'ring-1 ring-line-strong ring-inset',
  processing: 'bg-accent breathing',
  completed: 'bg-accent',
  failed: 'bg-danger',
  cancelled: 'bg-line-strong',
};

export function StatusLabel({ status }: { status: JobStatus }) {
  return (
    <span
      className={classNames(
        'inline-flex items-center gap-2 text-small font-medium',
        status === 'failed' ? 'text-danger' : 'text-soft',
      )}
    >
      <span aria-hidden="true" className={classNames('size-2 rounded-full', DOTS[status])} />
      {STATUS_LABELS[status]}
    </span>
  );
}

export function isActive(job: JobResource): boolean {
  return job.status === 'pending' || job.status === 'processing';
}
