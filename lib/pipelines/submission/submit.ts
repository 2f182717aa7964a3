import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { type Creation, plainCreation } from '#lib/db/creation';
import { isMissingReference } from '#lib/db/missing-reference';
import { type Batch, findBatch, recordRefusal } from '#lib/jobs/batches/batches';
import { getJobResource } from '#lib/jobs/job-resources';
import { withinQuotas } from '#lib/jobs/quotas';
import { enqueueJob } from '#lib/jobs/requests';
import type { JobResource } from '#lib/jobs/resource';
import type { Fetching } from '#lib/media/fetch/fetch-picture';
import { displayName } from '#lib/media/filename';
import type { FileStore } from '#lib/media/store/store';
import { BATCH_FIELD } from './check-submission.ts';
import { refusalOf, takingIn } from './pictures.ts';
import { checkRequest, earlierPictures, jobOf, saidOf, type SoundRequest } from './sound-request.ts';
import { discardSubmission, type Submission } from './submission.ts';

/** What a job is made by, besides its request. */
export interface Making {
  creation?: Creation;
  fetching?: Fetching;
}

/**
 * Make a job of a request: check its fields, take its pictures in, put it in the queue. A refused request leaves
 * nothing behind, unless it is for a batch, which keeps word of a refused picture; the submission's temporary files are
 * gone in either case. Throws AppError `validation_failed`, or the refusals of `probeImage` and `fetchPicture`, each said
 * of the field it is about, or those of `withinQuotas`; where something alongside is refused, nothing is made and the
 * database's error thrown.
 */
export async function submitJob(
  db: Database,
  store: FileStore,
  actor: Actor,
  submission: Submission,
  now: number,
  { creation = plainCreation(), fetching = {} }: Making = {},
): Promise<JobResource> {
  try {
    const sound = await checkRequest(db, actor, submission);
    await takeInAndEnqueue({ db, store, actor, submission, creation, fetching }, sound, now);
    // From here on it is queued: whatever fails now, its pictures stay.
    return await getJobResource(db, actor, creation.id, now);
  } finally {
    await discardSubmission(submission);
  }
}

interface Enqueueing extends Required<Making> {
  db: Database;
  store: FileStore;
  actor: Actor;
  submission: Submission;
}

async function takeInAndEnqueue(
  { db, store, actor, submission, creation, fetching }: Enqueueing,
  sound: SoundRequest,
  now: number,
): Promise<void> {
  const { checked, batch } = sound;
  const { id, alongside } = creation;
  const refuse = (filename: string, error: unknown) => refused(db, batch, filename, error);
  try {
    await takingIn(db, store, actor, now, async (take) => {
      const { job } = await jobOf({ db, store, actor, take, refuse, fetching }, sound, submission);
      const inBatch = { ...job, id, batchId: batch?.id ?? null };
      await withinQuotas(db, settings().quotas, { ownerId: actor.userId, count: 1 }, now, (guard) =>
        enqueueJob(db, inBatch, now, [...alongside, ...guard]),
      );
    });
  } catch (error) {
    // What the request names may have gone since it was looked for: looking again says so of its field.
    if (isMissingReference(error)) {
      await earlierPictures(db, actor, checked.images);
      if (batch) await findBatch(db, actor, batch.id).catch(saidOf(BATCH_FIELD));
    }
    throw error;
  }
}

/** A picture is refused all the same, but the batch it was for keeps word of it. */
async function refused(db: Database, batch: Batch | null, filename: string, error: unknown): Promise<never> {
  if (batch) await recordRefusal(db, batch.id, { filename: displayName(filename), error: refusalOf(error) });
  throw error;
}
