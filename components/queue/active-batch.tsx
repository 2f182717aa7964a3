import Link from 'next/link';
import type { JobResource } from '#lib/jobs/resource';
import { originalUrl } from '../job/job-pictures.ts';
import { Thumbnail } from '../ui/thumbnail.tsx';
import { summary } from './summary.ts';

/** How many of a batch's photos are shown on top of each other. */
const STACKED = 3;

/** The jobs of one batch that wait or run, as a stack: 500 of them need no more room than one. */
export function ActiveBatch({ id, jobs }: { id: string; jobs: readonly JobResource[] }) {
  return (
    <li className="sheet relative grid grid-cols-[4rem_minmax(0,1fr)] items-center gap-x-3.5 overflow-hidden p-2.5">
      <span className="relative size-16">
        {jobs
          .slice(0, STACKED)
          .map((job, depth) => (
            <Thumbnail
              key={job.id}
              src={originalUrl(job, 'small')}
              alt=""
              className={`absolute size-13 shadow-float ${OFFSETS[depth]}`}
            />
          ))
          .toReversed()}
      </span>
      <div className="grid min-w-0 gap-0.5">
        <Link
          href={`/batches/${id}`}
          className="truncate font-medium after:absolute after:inset-0 after:rounded-sheet focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-accent"
        >
          Batch
        </Link>
        <p className="truncate text-small text-soft">{summary(jobs)}</p>
      </div>
    </li>
  );
}

const OFFSETS = ['top-0 left-0', 'top-1.5 left-1.5', 'top-3 left-3'];
