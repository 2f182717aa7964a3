import { cache } from 'react';
import type { Metadata } from 'next';
import { batchName } from '#components/batch/batch-words.ts';
import { BatchView } from '#components/batch/batch-view';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { getBatchResource } from '#lib/jobs/batches/batch-queries';
import { findPipeline } from '#lib/pipelines/registry';
import { ownThing } from '#app/own-thing';
import { cancel, pause, resume, retryFailed } from './actions.ts';

interface Props {
  params: Promise<{ id: string }>;
}

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return { title: batchName(await readBatch((await params).id)) };
}

export default async function BatchPage({ params }: Props) {
  const batch = await readBatch((await params).id);
  return (
    <BatchView
      key={batch.id}
      initial={batch}
      pipelineTitle={findPipeline(batch.pipeline)?.title ?? batch.pipeline}
      actions={{ pause, resume, cancel, retryFailed }}
    />
  );
}

/** The visitor's own batch of that id. Read once for the page and its title. */
const readBatch = cache((id: string) =>
  ownThing(`/batches/${id}`, id, async (actor, batchId) =>
    getBatchResource(await database(), actor, batchId, systemClock()),
  ),
);
