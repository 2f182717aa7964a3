import { cache } from 'react';
import type { Metadata } from 'next';
import { jobName } from '#components/job/job-name.ts';
import { JobView } from '#components/job/job-view';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { getJobResource } from '#lib/jobs/job-resources';
import { findPipeline } from '#lib/pipelines/registry';
import { ownThing } from '#app/own-thing';
import { toPipelineInfo } from '../../pipeline-view.ts';
import { cancel, remove, retry } from './actions.ts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: jobName(await readJob((await params).id), 'Job') };
}

export default async function JobPage({ params }: Props) {
  const job = await readJob((await params).id);
  const pipeline = toPipelineInfo(job, findPipeline(job.pipeline));
  return <JobView key={job.id} initial={job} pipeline={pipeline} actions={{ cancel, retry, remove }} />;
}

/** The visitor's own job of that id. Read once for the page and its title. */
const readJob = cache((id: string) =>
  ownThing(`/jobs/${id}`, id, async (actor, jobId) =>
    getJobResource(await database(), actor, jobId, systemClock()),
  ),
);
