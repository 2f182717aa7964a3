import type { BatchItemStatus, BatchSummary } from '#lib/jobs/batches/batch-resource';
import { STATUS_LABELS } from '../job/job-status.tsx';

/** The states a batch's pictures are counted in, in the order a person asks for them. */
const COUNTED: readonly BatchItemStatus[] = [
  'completed',
  'processing',
  'pending',
  'failed',
  'refused',
  'cancelled',
];

export const ITEM_LABELS: Record<BatchItemStatus, string> = { ...STATUS_LABELS, refused: 'Not taken' };

/** What a person knows a batch by: the name it was given, or else how many photos it has. */
export function batchName({ name, total }: BatchSummary): string {
  return name ?? (total === 1 ? '1 photo' : `${total} photos`);
}

/** “12 done, 1 running, 30 waiting, 1 not taken”. */
export function countsInWords({ counts, total }: BatchSummary): string {
  const parts = COUNTED.filter((status) => counts[status] > 0).map(
    (status) => `${counts[status]} ${ITEM_LABELS[status].toLowerCase()}`,
  );
  return total === 0 ? 'No photos yet' : parts.join(', ');
}

export function isBatchActive({ counts }: BatchSummary): boolean {
  return counts.pending + counts.processing > 0;
}
