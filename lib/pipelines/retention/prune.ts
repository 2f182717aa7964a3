import type { Retention } from '#lib/config/retention';
import { onBehalfOf } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { finishedJobs } from '#lib/jobs/retention';
import { unusedUploads } from '#lib/media/retention';
import type { FileStore } from '#lib/media/store/store';
import { discardUpload } from '#lib/media/uploads';
import { discardIfFinished } from '../discard.ts';
import { isBefore, type Mark } from './prunable.ts';
import { type Cut, planPrune } from './prune-plan.ts';
import type { Tally } from './tally.ts';

/**
 * Delete the finished jobs and unused uploads that the limits leave no room for, as docs/retention.md has it. Returns
 * what that is; a job that its owner puts back meanwhile stays, though it is counted. Two at once do no harm.
 */
export async function prune(db: Database, store: FileStore, keep: Retention, now: number): Promise<Tally> {
  const { going, cuts } = await planPrune(db, keep, now);
  // Uploads first: one that loses its last job to this is not in the plan.
  for (const cut of cuts.filter(({ kind }) => kind === 'upload')) await pruneUploads(db, store, cut);
  for (const cut of cuts.filter(({ kind }) => kind === 'job')) await pruneJobs(db, store, cut);
  return going;
}

async function pruneUploads(db: Database, store: FileStore, { ownerId, upTo }: Cut): Promise<void> {
  const actor = onBehalfOf(ownerId);
  await forEachUpTo(upTo, unusedUploads(db, ownerId), (id) => discardUpload(db, store, actor, id));
}

async function pruneJobs(db: Database, store: FileStore, { ownerId, upTo }: Cut): Promise<void> {
  const actor = onBehalfOf(ownerId);
  await forEachUpTo(upTo, finishedJobs(db, ownerId), (id) => discardIfFinished(db, store, actor, id));
}

async function forEachUpTo(
  last: Mark,
  line: AsyncGenerator<Mark[]>,
  discard: (id: string) => Promise<unknown>,
): Promise<void> {
  for await (const slice of line) {
    for (const item of slice) {
      if (isBefore(last, item)) return;
      await discard(item.id);
    }
  }
}
