import { toIso } from '#lib/core/clock';
import type { RefusedPicture } from '#lib/db/schema/batches';
import { JOB_STATUSES } from '#lib/db/schema/jobs';
import type { Batch } from './batches.ts';
import type { JobResource, JobStatus } from '../resource.ts';

/** What became of one picture of a batch: its job's state, or that it was not taken. */
export type BatchItemStatus = JobStatus | 'refused';

/** One picture of a batch. `job_id` and `url` are null for one that was refused. */
export interface BatchItemResource {
  /** Its place in the batch, from 0. */
  position: number;
  filename: string;
  job_id: string | null;
  status: BatchItemStatus;
  /** 0..1 */
  progress: number;
  message: string;
  waiting_reason: string | null;
  error: { code: string; message: string; suggestions: string[] } | null;
  url: string | null;
}

/** A batch as lists have it. Times are ISO 8601, UTC. */
export interface BatchSummary {
  id: string;
  name: string | null;
  pipeline: string;
  model: string;
  params: Record<string, unknown>;
  priority: number;
  paused: boolean;
  /** Pictures, refused ones included. */
  total: number;
  counts: Record<BatchItemStatus, number>;
  /** 0..1 over all pictures; one that has ended, however, counts as done. */
  progress: number;
  created_at: string;
  urls: {
    self: string;
    cancel: string;
    pause: string;
    resume: string;
    retry_failed: string;
    archive: string;
  };
}

/** A batch with what became of each of its pictures, in their order. */
export interface BatchResource extends BatchSummary {
  items: BatchItemResource[];
}

/** How many pictures are in a state, and the sum of how far each of them is, 0..1. */
export interface Tally {
  status: BatchItemStatus;
  count: number;
  progress: number;
}

const STATUSES: readonly BatchItemStatus[] = [...JOB_STATUSES, 'refused'];

/** A row and the states of its pictures as the wire shape. A state may be there more than once, or not at all. */
export function toBatchSummary(batch: Batch, tallies: readonly Tally[]): BatchSummary {
  const self = `/api/v1/batches/${batch.id}`;
  const sum = (part: (tally: Tally) => number) => tallies.reduce((total, tally) => total + part(tally), 0);
  const total = sum(({ count }) => count);
  const counts = STATUSES.map((status) => [
    status,
    sum((tally) => (tally.status === status ? tally.count : 0)),
  ]);
  return {
    id: batch.id,
    name: batch.name,
    pipeline: batch.pipeline,
    model: batch.model,
    params: batch.params,
    priority: batch.priority,
    paused: batch.pausedAt !== null,
    total,
    counts: Object.fromEntries(counts) as BatchSummary['counts'],
    progress: total === 0 ? 0 : sum(done) / total,
    created_at: toIso(batch.createdAt)!,
    urls: {
      self,
      cancel: `${self}/cancel`,
      pause: `${self}/pause`,
      resume: `${self}/resume`,
      retry_failed: `${self}/retry-failed`,
      archive: `${self}/archive`,
    },
  };
}

function done({ status, count, progress }: Tally): number {
  return status === 'pending' || status === 'processing' ? progress : count;
}

export function tallyOf(items: readonly BatchItemResource[]): Tally[] {
  return items.map(({ status, progress }) => ({ status, count: 1, progress }));
}

export function toBatchItem(job: JobResource, position: number, filename: string): BatchItemResource {
  return {
    position,
    filename,
    job_id: job.id,
    status: job.status,
    progress: job.progress.value,
    message: job.message,
    waiting_reason: job.waiting_reason,
    error: job.error && {
      code: job.error.code,
      message: job.error.message,
      suggestions: job.error.suggestions,
    },
    url: job.urls.self,
  };
}

export function toRefusedItem({ position, filename, error }: RefusedPicture): BatchItemResource {
  const { code, message, suggestion } = error;
  return {
    position,
    filename,
    job_id: null,
    status: 'refused',
    progress: 0,
    message,
    waiting_reason: null,
    error: { code, message, suggestions: suggestion === null ? [] : [suggestion] },
    url: null,
  };
}
