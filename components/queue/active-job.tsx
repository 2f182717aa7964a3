import Link from 'next/link';
import type { JobResource } from '#lib/jobs/resource';
import { isActive } from '../job/job-status.tsx';
import { jobName } from '../job/job-name.ts';
import { originalUrl } from '../job/job-pictures.ts';
import { CloseIcon } from '../ui/icons.tsx';
import { IdForm } from '../ui/id-form.tsx';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { Thumbnail } from '../ui/thumbnail.tsx';

export function ActiveJob({
  job,
  title,
  cancel,
}: {
  job: JobResource;
  title: string;
  cancel: (data: FormData) => Promise<void>;
}) {
  const name = jobName(job, title);
  const waiting = job.status === 'pending';
  return (
    <li className="sheet relative grid grid-cols-[4rem_minmax(0,1fr)_auto] items-center gap-x-3.5 overflow-hidden p-2.5">
      <Thumbnail src={originalUrl(job, 'small') ?? job.progress.preview_url} alt="" className="size-16" />
      <div className="grid min-w-0 gap-0.5">
        <Link
          href={`/jobs/${job.id}`}
          className="truncate font-medium after:absolute after:inset-0 after:rounded-sheet focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          {name}
        </Link>
        <p className="flex min-w-0 items-baseline justify-between gap-3 text-small text-soft">
          <span className="truncate">{waiting ? (job.waiting_reason ?? job.message) : job.message}</span>
          {!waiting && <span className="font-mono text-ink">{Math.round(job.progress.value * 100)}%</span>}
        </p>
        <ProgressBar
          value={job.progress.value}
          label={`${name}, ${job.message}`}
          waiting={waiting}
          className="mt-1.5"
        />
      </div>
      {isActive(job) && (
        <IdForm id={job.id} action={cancel} className="relative">
          <button
            type="submit"
            aria-label={`Cancel this job: ${name}`}
            title="Cancel"
            className="grid size-10 place-items-center rounded-control text-faint hover:bg-ink/7 hover:text-ink"
          >
            <CloseIcon className="size-4" />
          </button>
        </IdForm>
      )}
    </li>
  );
}
