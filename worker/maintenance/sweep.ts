import { deleteJoblessBatches } from '#lib/jobs/batches/batches';
import { pruneIdempotencyKeys } from '#lib/jobs/idempotency';
import { pruneBudgets } from '#lib/jobs/quotas';
import type { WorkerContext } from '../context.ts';
import { sweepJobs, type SweptJobs } from './sweep-jobs.ts';
import { sweepUploads, type SweptUploads } from './sweep-uploads.ts';

export type SweepContext = Pick<WorkerContext, 'db' | 'store'>;

/** What was removed, as counts. */
export interface Swept extends SweptJobs, SweptUploads {
  /** Temporary files of uploads and downloads that were broken off. */
  unfinished: number;
  requestKeys: number;
  budgets: number;
  batches: number;
}

const HOUR_MS = 60 * 60_000;
/** An intake that has not come to its end for this long was broken off. */
const BROKEN_OFF_AFTER_MS = HOUR_MS;
/** How far back the first sweep of a worker looks for jobs that have changed. */
const LOOK_BACK_MS = 7 * 24 * HOUR_MS;
/** How long a request can be repeated under its key. */
const KEYS_KEPT_MS = 48 * HOUR_MS;
/** No window of a budget is longer than a day. */
const LONGEST_BUDGET_MS = 24 * HOUR_MS;
/** How long a batch of which only the refused pictures are left says which they were. */
const REFUSALS_KEPT_MS = 7 * 24 * HOUR_MS;

/** A worker's own sweep: it looks only at jobs that have changed since the one before, and those of an hour more. */
export async function sweepRegularly(context: WorkerContext, previousAt: number | null): Promise<void> {
  const { clock, log } = context;
  const now = clock();
  const since = previousAt === null ? now - LOOK_BACK_MS : Math.min(previousAt, now) - HOUR_MS;
  const swept = await sweep(context, now, since);
  if (Object.values(swept).some((count) => count > 0)) log.info(swept, 'leftovers removed');
}

/**
 * Remove what processes that died have left: files without a row, rows without a file, and what nobody came back for.
 * Never what is in use, nor what a process may be about to use. Of jobs that have not changed since `changedSince`, an
 * epoch millisecond, only the folders of deleted ones are looked for.
 */
export async function sweep(context: SweepContext, now: number, changedSince = 0): Promise<Swept> {
  const { db, store } = context;
  const brokenOff = now - BROKEN_OFF_AFTER_MS;
  return {
    // First, since it also renews the claim of this process to what it works on.
    unfinished: await store.sweep(brokenOff),
    ...(await sweepJobs(context, changedSince)),
    ...(await sweepUploads(context, brokenOff)),
    requestKeys: await pruneIdempotencyKeys(db, now - KEYS_KEPT_MS),
    budgets: await pruneBudgets(db, now - LONGEST_BUDGET_MS),
    batches: await deleteJoblessBatches(db, {
      emptyBefore: brokenOff,
      refusedBefore: now - REFUSALS_KEPT_MS,
    }),
  };
}
