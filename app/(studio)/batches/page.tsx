import type { Metadata } from 'next';
import { BatchRow } from '#components/batch/batch-row';
import { ButtonLink } from '#components/ui/button';
import { isId } from '#lib/core/ids';
import { database } from '#lib/db/connection';
import { listBatchSummaries } from '#lib/jobs/batches/batch-queries';
import { findPipeline } from '#lib/pipelines/registry';
import { pageActor } from '#app/page-user';

export const metadata: Metadata = { title: 'Batches' };

const PAGE_SIZE = 25;

interface BatchesPageProps {
  searchParams: Promise<{ cursor?: string | string[] }>;
}

export default async function BatchesPage({ searchParams }: BatchesPageProps) {
  const { cursor: given } = await searchParams;
  const cursor = typeof given === 'string' && isId(given) ? given : undefined;
  const actor = await pageActor('/batches');
  const page = await listBatchSummaries(await database(), actor, { cursor, limit: PAGE_SIZE });
  return (
    <div className="grid grid-cols-1 gap-6">
      <h1 className="text-title">Batches</h1>
      {page.items.length === 0 ? (
        <EmptyList />
      ) : (
        <ul className="divide-y divide-line border-y border-line">
          {page.items.map((batch) => (
            <BatchRow
              key={batch.id}
              batch={batch}
              title={findPipeline(batch.pipeline)?.title ?? batch.pipeline}
            />
          ))}
        </ul>
      )}
      {page.nextCursor && (
        <ButtonLink href={`/batches?cursor=${page.nextCursor}`} className="justify-self-center">
          Older batches
        </ButtonLink>
      )}
    </div>
  );
}

function EmptyList() {
  return (
    <div className="grid justify-items-start gap-5 py-16">
      <p className="max-w-md text-soft">
        Photos that are sent together make a batch: one setting, one place to watch, pause and download them
        all.
      </p>
      <ButtonLink href="/" look="primary">
        Lay photos on the desk
      </ButtonLink>
    </div>
  );
}
