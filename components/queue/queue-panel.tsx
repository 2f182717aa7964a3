'use client';

import Link from 'next/link';
import { FormProblem } from '../ui/form-problem.tsx';
import type { FormState } from '../ui/form-state.ts';
import { Notice } from '../ui/notice.tsx';
import { ArrowIcon } from '../ui/icons.tsx';
import { ActiveBatch } from './active-batch.tsx';
import { ActiveJob } from './active-job.tsx';
import { PauseSwitch } from './pause-switch.tsx';
import { RecentJob } from './recent-job.tsx';
import { queueRows, summary } from './summary.ts';
import type { QueueState } from './use-queue.ts';

interface QueuePanelProps {
  queue: QueueState;
  titles: Record<string, string>;
  notes: readonly string[];
  offline: boolean;
  /** How the last cancel, pause or resume went. */
  answer: FormState;
  cancel: (data: FormData) => Promise<void>;
  pause: (data: FormData) => Promise<void>;
  resume: (data: FormData) => Promise<void>;
}

const PAUSED = {
  by_you: 'Your queue is paused. What you queue now waits until you resume it.',
  by_operator: 'The operator has paused all queues. Your jobs are kept.',
};

/** What runs, what waits, and what has just come out. */
export function QueuePanel({ queue, titles, notes, offline, answer, ...act }: QueuePanelProps) {
  const { active, recent } = queue;
  return (
    <section aria-labelledby="queue-heading" className="grid content-start gap-8">
      <div className="grid gap-3">
        <div className="flex items-baseline gap-4">
          <h2 id="queue-heading" className="text-head font-semibold">
            Queue
          </h2>
          <p aria-live="polite" className="text-small text-faint">
            {summary(active)}
          </p>
          <PauseSwitch paused={queue.paused} pause={act.pause} resume={act.resume} />
        </div>
        {queue.paused && <Notice tone="warn" title={PAUSED[queue.paused]} />}
        <FormProblem state={answer} />
        {offline && (
          <Notice tone="warn" title="No answer from the server.">
            Your jobs are kept. This page goes on trying.
          </Notice>
        )}
        {notes.map((note) => (
          <Notice key={note} tone="warn" title={note} />
        ))}
        {active.length === 0 ? (
          <EmptyQueue firstTime={recent.length === 0} />
        ) : (
          <ul className="grid gap-2">
            {queueRows(active).map((row) =>
              'job' in row ? (
                <ActiveJob
                  key={row.job.id}
                  job={row.job}
                  title={titles[row.job.pipeline] ?? row.job.pipeline}
                  cancel={act.cancel}
                />
              ) : (
                <ActiveBatch key={row.batchId} id={row.batchId} jobs={row.jobs} />
              ),
            )}
          </ul>
        )}
      </div>
      {recent.length > 0 && <Finished jobs={recent} titles={titles} />}
    </section>
  );
}

function Finished({ jobs, titles }: { jobs: QueueState['recent']; titles: Record<string, string> }) {
  return (
    <div className="grid gap-3">
      <div className="flex items-baseline justify-between gap-4">
        <h2 className="text-head font-semibold">Finished</h2>
        <Link
          href="/jobs"
          className="inline-flex items-center gap-1.5 text-small text-soft underline-offset-4 hover:text-ink hover:underline"
        >
          All jobs <ArrowIcon className="size-4" />
        </Link>
      </div>
      <ul className="grid grid-cols-2 gap-3">
        {jobs.map((job) => (
          <RecentJob key={job.id} job={job} title={titles[job.pipeline] ?? job.pipeline} />
        ))}
      </ul>
    </div>
  );
}

function EmptyQueue({ firstTime }: { firstTime: boolean }) {
  return (
    <p className="rounded-sheet p-5 text-soft ring-1 ring-line ring-inset">
      {firstTime
        ? 'Jobs appear here the moment you queue them, and move while they run. You can leave this page: the queue goes on without it.'
        : 'All done. The next photo you lay on the desk goes straight in.'}
    </p>
  );
}
