import Link from 'next/link';
import type { JobResource } from '#lib/jobs/resource';
import { jobName } from '../job/job-name.ts';
import { coverUrl } from '../job/job-pictures.ts';
import { StatusLabel } from '../job/job-status.tsx';
import { formatDuration } from '../ui/quantities.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Thumbnail } from '../ui/thumbnail.tsx';

/** One job of the history: what went in, what it was for, how it ended. */
export function JobRow({ job, title }: { job: JobResource; title: string }) {
  return (
    <li className="relative grid grid-cols-[4.5rem_minmax(0,1fr)] items-center gap-x-4 gap-y-0.5 py-3 sm:grid-cols-[4.5rem_minmax(0,1fr)_8rem_7rem_7rem] sm:gap-x-6">
      <Thumbnail src={coverUrl(job)} alt="" className="row-span-2 aspect-4/3 w-18 sm:row-span-1" />
      <div className="min-w-0">
        <Link
          href={`/jobs/${job.id}`}
          className="block truncate font-medium underline-offset-4 after:absolute after:inset-0 hover:underline"
        >
          {jobName(job, title)}
        </Link>
        <p className="truncate text-small text-faint">{noteOf(job, title)}</p>
      </div>
      <div className="col-start-2 flex items-center gap-4 sm:contents">
        <StatusLabel status={job.status} />
        <span className="text-small text-soft">
          <RelativeTime at={job.created_at} />
        </span>
        <span className="text-right font-mono text-small text-soft max-sm:hidden">
          {job.metrics ? formatDuration(job.metrics.total_ms) : ''}
        </span>
      </div>
    </li>
  );
}

function noteOf(job: JobResource, title: string): string {
  if (job.status === 'completed') return `${title}, ${job.outputs.length} files`;
  if (job.status === 'cancelled') return 'Stopped before it was done';
  if (job.status === 'pending') return job.waiting_reason ?? job.message;
  return job.message;
}
