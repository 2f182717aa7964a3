import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { isMissingReference } from '#lib/db/missing-reference';
import { getJobResource } from '#lib/jobs/queries';
import type { JobResource } from '#lib/jobs/resource';
import { enqueueJob } from '#lib/jobs/requests';
import { takeIn } from '#lib/media/intake';
import { getUpload } from '#lib/media/queries';
import type { FileStore } from '#lib/media/store';
import { discardUpload } from '#lib/media/uploads';
import type { ImageSource } from './check-images.ts';
import { type CheckedSubmission, checkSubmission } from './check-submission.ts';
import { fieldError, refuse } from './field-errors.ts';
import { discardSubmission, type Submission } from './submission.ts';

interface JobInput {
  role: string;
  uploadId: string;
}

/**
 * Make a job of a request: check its fields, take its pictures in, put it in the queue. A refused request leaves
 * nothing behind, and the submission's temporary files are gone in either case. Throws AppError `validation_failed`, or
 * the refusals of `probeImage`, each said of the field it is about.
 */
export async function submitJob(
  db: Database,
  store: FileStore,
  actor: Actor,
  submission: Submission,
  now: number,
): Promise<JobResource> {
  try {
    const checked = checkSubmission(submission);
    const inputs = await earlierUploads(db, actor, checked.images);
    const jobId = await takeInAndEnqueue(db, store, actor, { checked, inputs }, now);
    // From here on it is queued: whatever fails now, its pictures stay.
    return await getJobResource(db, actor, jobId, now);
  } finally {
    await discardSubmission(submission);
  }
}

/** The inputs that were uploaded before. Throws `validation_failed` where one is not there, or not the actor's. */
async function earlierUploads(db: Database, actor: Actor, images: ImageSource[]): Promise<JobInput[]> {
  const inputs: JobInput[] = [];
  for (const image of images) {
    if (!('uploadId' in image)) continue;
    await getUpload(db, actor, image.uploadId).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      throw refuse([fieldError(`${image.role}_upload_id`, error.code, error.message)]);
    });
    inputs.push({ role: image.role, uploadId: image.uploadId });
  }
  return inputs;
}

/** Returns the job's id. */
async function takeInAndEnqueue(
  db: Database,
  store: FileStore,
  actor: Actor,
  { checked, inputs }: { checked: CheckedSubmission; inputs: JobInput[] },
  now: number,
): Promise<string> {
  const fresh: JobInput[] = [];
  try {
    for (const image of checked.images) {
      if (!('sent' in image)) continue;
      const upload = await takeIn(db, store, actor, image.sent, now);
      fresh.push({ role: image.role, uploadId: upload.id });
    }
    return await enqueue(db, actor, checked, [...inputs, ...fresh], now);
  } catch (error) {
    // Whatever becomes of these, the caller hears of the error that came first.
    await Promise.allSettled(fresh.map(({ uploadId }) => discardUpload(db, store, actor, uploadId)));
    // An upload may have gone since it was looked for: looking again says so of its field.
    if (isMissingReference(error)) await earlierUploads(db, actor, checked.images);
    throw error;
  }
}

async function enqueue(
  db: Database,
  actor: Actor,
  { pipeline, model, params, priority }: CheckedSubmission,
  inputs: JobInput[],
  now: number,
): Promise<string> {
  const { maxAttempts } = settings();
  const request = { ownerId: actor.userId, pipeline: pipeline.id, model, params, priority, maxAttempts };
  const job = await enqueueJob(db, { ...request, warnings: [], inputs }, now);
  return job.id;
}
