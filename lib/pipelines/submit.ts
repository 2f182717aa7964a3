import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
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
    return await takeInAndEnqueue(db, store, actor, { checked, inputs }, now);
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

async function takeInAndEnqueue(
  db: Database,
  store: FileStore,
  actor: Actor,
  { checked, inputs }: { checked: CheckedSubmission; inputs: JobInput[] },
  now: number,
): Promise<JobResource> {
  const { pipeline, model, params, priority, images } = checked;
  const fresh: JobInput[] = [];
  try {
    for (const image of images) {
      if (!('sent' in image)) continue;
      const upload = await takeIn(db, store, actor, image.sent, now);
      fresh.push({ role: image.role, uploadId: upload.id });
    }
    const job = await enqueueJob(
      db,
      {
        ownerId: actor.userId,
        pipeline: pipeline.id,
        model,
        params,
        priority,
        maxAttempts: settings().maxAttempts,
        warnings: [],
        inputs: [...inputs, ...fresh],
      },
      now,
    );
    return await getJobResource(db, actor, job.id, now);
  } catch (error) {
    for (const input of fresh) await discardUpload(db, store, actor, input.uploadId);
    throw error;
  }
}
