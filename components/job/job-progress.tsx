import type { JobResource } from '#lib/jobs/resource';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { JobPicture } from './job-picture.tsx';
import { STATUS_LABELS } from './job-status.tsx';
import { timeLeft } from './time-left.ts';
import { StageList, type StageInfo } from './stage-list.tsx';

/** A job that is not done: its photo or its words, and how far it is. */
export function JobProgress({ job, stages }: { job: JobResource; stages: readonly StageInfo[] }) {
  const waiting = job.status === 'pending';
  const ended = job.status === 'failed' || job.status === 'cancelled';
  return (
    <div className="sheet grid gap-6 p-3 sm:p-5 lg:grid-cols-[minmax(0,7fr)_minmax(18rem,4fr)] lg:gap-10">
      <JobPicture job={job} dimmed={ended} />
      <div className="grid content-center gap-6 px-1 pb-2 lg:pr-4">
        {!ended && (
          <div className="grid gap-3">
            <p className="text-title">{waiting ? (job.waiting_reason ?? job.message) : job.message}</p>
            <p aria-live="polite" className="sr-only">
              {stageOf(job, stages)}
            </p>
            <div className="flex items-center gap-4">
              <ProgressBar value={job.progress.value} label="This job" waiting={waiting} className="flex-1" />
              <span className="w-12 text-right font-mono text-small">
                {Math.round(job.progress.value * 100)}%
              </span>
            </div>
          </div>
        )}
        <StageList job={job} stages={stages} />
        <p className="text-small text-faint">{[timeLeft(job), hintOf(job)].filter(Boolean).join('. ')}</p>
      </div>
    </div>
  );
}

/** What is read out when it changes: the stage, not each of its steps. */
function stageOf(job: JobResource, stages: readonly StageInfo[]): string {
  return stages.find(({ name }) => name === job.progress.stage)?.label ?? STATUS_LABELS[job.status];
}

function hintOf(job: JobResource): string {
  if (job.status === 'cancelled') return 'Cancelled before it was done. Run it again to go on from here.';
  if (job.status === 'failed') return 'Run it again to go on from the first stage that is not done.';
  return 'You can leave this page; the job goes on without it.';
}
