import Link from 'next/link';
import type { JobResource } from '#lib/jobs/resource';
import { STATUS_LABELS } from '../job/job-status.tsx';
import { jobName } from '../job/job-name.ts';
import { coverUrl } from '../job/job-pictures.ts';
import { classNames } from '../ui/class-names.ts';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Thumbnail } from '../ui/thumbnail.tsx';

/** A finished job as a picture: what came out where something did, what went in where nothing did. */
export function RecentJob({ job, title }: { job: JobResource; title: string }) {
  const done = job.status === 'completed';
  return (
    <li>
      <Link href={`/jobs/${job.id}`} className="group grid gap-2 rounded-control">
        <Thumbnail
          src={coverUrl(job)}
          alt=""
          className={classNames(
            'aspect-3/2 w-full transition-[filter,opacity]',
            done ? 'group-hover:opacity-85' : 'opacity-55 grayscale group-hover:opacity-80',
          )}
        />
        <span className="grid text-small">
          <span className="truncate font-medium">{jobName(job, title)}</span>
          <span className={job.status === 'failed' ? 'text-danger' : 'text-faint'}>
            {STATUS_LABELS[job.status]}, <RelativeTime at={job.completed_at ?? job.updated_at} />
          </span>
        </span>
      </Link>
    </li>
  );
}
