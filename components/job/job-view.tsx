'use client';

import type { JobResource } from '#lib/jobs/resource';
import type { ParamSchema } from '../compose/param-schema.ts';
import { useLive } from '../queue/use-live.ts';
import { SessionNotice } from '../shell/session-notice.tsx';
import { BackLink } from '../ui/back-link.tsx';
import { Notice } from '../ui/notice.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { type JobActionSet, JobActions } from './job-actions.tsx';
import { JobFacts } from './job-facts.tsx';
import { JobFailure } from './job-failure.tsx';
import { jobName } from './job-name.ts';
import { JobProgress } from './job-progress.tsx';
import { JobResult } from './job-result.tsx';
import { isActive, StatusLabel } from './job-status.tsx';
import type { StageInfo } from './stage-list.tsx';
import { Timings } from './timings.tsx';

/** What a page about a job needs to know of its pipeline. */
export interface PipelineInfo {
  title: string;
  stages: readonly StageInfo[];
  params: Record<string, ParamSchema>;
}

interface JobViewProps {
  initial: JobResource;
  pipeline: PipelineInfo;
  actions: JobActionSet;
}

/** One job, live from the queue to its result. */
export function JobView({ initial, pipeline, actions }: JobViewProps) {
  const { current: job, signedOut, refresh } = useLive(initial, isActive);
  const aside = <JobAside job={job} pipeline={pipeline} />;
  return (
    <div className="grid gap-8">
      {signedOut && <SessionNotice />}
      <div className="flex flex-wrap items-end justify-between gap-x-8 gap-y-5">
        <div className="grid min-w-0 gap-2">
          <BackLink href={job.batch_id ? `/batches/${job.batch_id}` : '/jobs'}>
            {job.batch_id ? 'Its batch' : 'All jobs'}
          </BackLink>
          <h1 className="line-clamp-3 text-title break-words">{jobName(job, pipeline.title)}</h1>
          <p className="flex items-center gap-4 text-small text-faint">
            <StatusLabel status={job.status} />
            <span>{pipeline.title}</span>
            <span>
              {job.completed_at ? '' : 'queued '}
              <RelativeTime at={job.completed_at ?? job.created_at} />
            </span>
          </p>
        </div>
        <JobActions job={job} actions={actions} onChanged={refresh} />
      </div>
      {job.error && job.status === 'failed' && <JobFailure error={job.error} stages={pipeline.stages} />}
      {job.warnings.map((warning) => (
        <Notice key={warning} tone="warn" title={warning} />
      ))}
      {job.status === 'completed' ? (
        <JobResult job={job} aside={aside} />
      ) : (
        <>
          <JobProgress job={job} stages={pipeline.stages} />
          <div className="max-w-md">{aside}</div>
        </>
      )}
    </div>
  );
}

function JobAside({ job, pipeline }: { job: JobResource; pipeline: PipelineInfo }) {
  return (
    <aside className="grid content-start gap-8">
      {job.metrics && (
        <section className="grid gap-3">
          <h2 className="text-head font-semibold">Time</h2>
          <Timings metrics={job.metrics} stages={pipeline.stages} />
        </section>
      )}
      <section className="grid gap-3">
        <h2 className="text-head font-semibold">Settings</h2>
        <JobFacts job={job} params={pipeline.params} />
      </section>
    </aside>
  );
}
