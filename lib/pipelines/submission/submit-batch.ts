import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { type Creation, plainCreation } from '#lib/db/creation';
import { isMissingReference } from '#lib/db/missing-reference';
import { getBatchResource } from '#lib/jobs/batches/batch-queries';
import type { BatchResource } from '#lib/jobs/batches/batch-resource';
import { enqueueBatch } from '#lib/jobs/batches/batches';
import { withinQuotas } from '#lib/jobs/quotas';
import type { FileStore } from '#lib/media/store/store';
import { takeEach } from './batch-pictures.ts';
import { type CheckedBatch, checkBatch } from './check-batch.ts';
import { takingIn } from './pictures.ts';
import { discardSubmission, type Submission } from './submission.ts';

/**
 * Make a batch of a request: check its setting, take its pictures in, put a job for each in the queue. A picture that is
 * refused stops no other: the batch keeps word of it. A refused request leaves nothing behind, and the submission's
 * temporary files are gone in either case. Throws AppError `validation_failed` where the setting is not right, or the
 * refusals of `withinQuotas`, which look at the batch as a whole.
 * @param creation as for `submitJob`
 */
export async function submitBatch(
  db: Database,
  store: FileStore,
  actor: Actor,
  submission: Submission,
  now: number,
  { id, alongside }: Creation = plainCreation(),
): Promise<BatchResource> {
  try {
    const checked = checkBatch(submission, actor, settings().batchPictures);
    await takingIn(db, store, actor, now, async (take) => {
      const { jobs, refused } = await takeEach({ db, store, actor, take }, checked);
      const inBatch = jobs.map((job) => ({ ...job, batchId: id }));
      const batch = { ...newBatch(actor, checked, now), id, refused };
      const all = { ownerId: actor.userId, count: inBatch.length };
      await withinQuotas(db, settings().quotas, all, now, (guard) =>
        enqueueBatch(db, batch, inBatch, now, [...alongside, ...guard]),
      );
    });
    // From here on it is queued: whatever fails now, its pictures stay.
    return await getBatchResource(db, actor, id, now);
  } catch (error) {
    throw isMissingReference(error) ? uploadWent(error) : error;
  } finally {
    await discardSubmission(submission);
  }
}

function newBatch(actor: Actor, { name, pipeline, model, params, priority }: CheckedBatch, now: number) {
  const setting = { name, pipeline: pipeline.id, model, params, priority };
  return { ...setting, ownerId: actor.userId, pausedAt: null, createdAt: now };
}

function uploadWent(cause: unknown): AppError {
  return new AppError('conflict', 'An upload was deleted while the batch was being made.', {
    suggestion: 'Send the request again.',
    cause,
  });
}
