import type { Metadata } from 'next';
import { JobRow } from '#components/library/job-row';
import { StatusFilter } from '#components/library/status-filter';
import { ButtonLink } from '#components/ui/button';
import { JOB_STATUSES } from '#lib/db/schema/jobs';
import { isId } from '#lib/core/ids';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { listJobResources } from '#lib/jobs/job-resources';
import type { JobStatus } from '#lib/jobs/resource';
import { findPipeline } from '#lib/pipelines/registry';
import { pageActor } from '#app/page-user';

export const metadata: Metadata = { title: 'Jobs' };

const PAGE_SIZE = 25;

interface JobsPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function JobsPage({ searchParams }: JobsPageProps) {
  const { status: asked, cursor: given } = await searchParams;
  const status = JOB_STATUSES.find((known) => known === asked);
  const cursor = typeof given === 'string' && isId(given) ? given : undefined;
  const actor = await pageActor(listHref(status, cursor));
  const page = await listJobResources(
    await database(),
    actor,
    { status, cursor, limit: PAGE_SIZE },
    systemClock(),
  );
  return (
    <div className="grid grid-cols-1 gap-6">
      <div className="flex flex-wrap items-center justify-between gap-4">
        <h1 className="text-title">Jobs</h1>
        <StatusFilter current={status ?? null} />
      </div>
      {page.items.length === 0 ? (
        <EmptyList filtered={status !== undefined} />
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {page.items.map((job) => (
            <JobRow key={job.id} job={job} title={findPipeline(job.pipeline)?.title ?? job.pipeline} />
          ))}
        </ul>
      )}
      {page.nextCursor && (
        <ButtonLink href={listHref(status, page.nextCursor)} className="justify-self-center">
          Older jobs
        </ButtonLink>
      )}
    </div>
  );
}

function EmptyList({ filtered }: { filtered: boolean }) {
  return (
    <div className="grid justify-items-start gap-5 py-16">
      <p className="max-w-md text-soft">
        {filtered
          ? 'No job is in this state.'
          : 'Every job you queue is kept here, with its layers, until you delete it.'}
      </p>
      {!filtered && (
        <ButtonLink href="/" look="primary">
          Lay a photo on the desk
        </ButtonLink>
      )}
    </div>
  );
}

function listHref(status: JobStatus | undefined, cursor: string | undefined): string {
  const query = new URLSearchParams({ ...(status && { status }), ...(cursor && { cursor }) });
  return query.size > 0 ? `/jobs?${query}` : '/jobs';
}
