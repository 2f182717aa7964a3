import Link from 'next/link';
import type { BatchSummary } from '#lib/jobs/batches/batch-resource';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { batchName, countsInWords } from './batch-words.ts';

/** One batch of the history: how many photos, for what, and what became of them. */
export function BatchRow({ batch, title }: { batch: BatchSummary; title: string }) {
  return (
    <li className="relative grid items-center gap-x-6 gap-y-1.5 py-4 sm:grid-cols-[minmax(0,1fr)_12rem_7rem]">
      <div className="min-w-0">
        <Link
          href={`/batches/${batch.id}`}
          className="block truncate font-medium underline-offset-4 after:absolute after:inset-0 hover:underline"
        >
          {batchName(batch)}
        </Link>
        <p className="truncate text-small text-faint">
          {title}, {countsInWords(batch)}
        </p>
      </div>
      <ProgressBar value={batch.progress} label={batchName(batch)} />
      <span className="text-small text-soft sm:text-right">
        {batch.paused ? 'Paused' : <RelativeTime at={batch.created_at} />}
      </span>
    </li>
  );
}
