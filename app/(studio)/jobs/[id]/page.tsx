import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { JobView } from '#components/job/job-view';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import { isId } from '#lib/core/ids';
import { database } from '#lib/db/connection';
import { getJobResource } from '#lib/jobs/queries';
import type { JobResource } from '#lib/jobs/resource';
import { findPipeline } from '#lib/pipelines/registry';
import { pageActor } from '#app/page-user';
import { toPipelineInfo } from '../../pipeline-view.ts';
import { cancel, remove, retry } from './actions.ts';

export const metadata: Metadata = { title: 'Job' };

export default async function JobPage({ params }: { params: Promise<{ id: string }> }) {
  const { id } = await params;
  const job = await readJob(await pageActor(), id);
  const pipeline = toPipelineInfo(job.pipeline, findPipeline(job.pipeline));
  return <JobView key={job.id} initial={job} pipeline={pipeline} actions={{ cancel, retry, remove }} />;
}

async function readJob(actor: Actor, id: string): Promise<JobResource> {
  if (!isId(id)) notFound();
  try {
    return await getJobResource(await database(), actor, id.toLowerCase());
  } catch (error) {
    if (error instanceof AppError && error.code === 'not_found') notFound();
    throw error;
  }
}
