import Link from 'next/link';
import type { BatchItemResource } from '#lib/jobs/batches/batch-resource';
import { previewUrl } from '../job/job-pictures.ts';
import { classNames } from '../ui/class-names.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { Thumbnail } from '../ui/thumbnail.tsx';
import { ITEM_LABELS } from './batch-words.ts';

/** One photo of a batch: how far it is, or why it will not go on; it leads to its job, where it has one. */
export function BatchItem({ item }: { item: BatchItemResource }) {
  const { job_id: jobId, filename, status, progress } = item;
  const done = status === 'completed';
  const broken = status === 'failed' || status === 'refused';
  return (
    <li className="group relative grid gap-2 rounded-control" title={item.error?.message}>
      <Thumbnail
        src={jobId && previewUrl(jobId, 'original', 'small')}
        alt=""
        className={classNames(
          'aspect-3/2 w-full transition-[filter,opacity]',
          done ? 'group-hover:opacity-85' : 'opacity-55 grayscale group-hover:opacity-80',
        )}
      />
      <ProgressBar
        value={done ? 1 : progress}
        waiting={!done && status !== 'processing'}
        label={`${filename}, ${item.message}`}
      />
      <div className="grid text-small">
        {jobId ? (
          <Link
            href={`/jobs/${jobId}`}
            className="truncate font-medium after:absolute after:inset-0 after:rounded-control"
          >
            {filename}
          </Link>
        ) : (
          <span className="truncate font-medium">{filename}</span>
        )}
        <span className={classNames('truncate', broken ? 'text-danger' : 'text-faint')}>{noteOf(item)}</span>
      </div>
    </li>
  );
}

function noteOf({ status, message, waiting_reason: reason }: BatchItemResource): string {
  if (status === 'pending') return reason ?? message;
  if (status === 'completed' || status === 'cancelled') return ITEM_LABELS[status];
  return message;
}
