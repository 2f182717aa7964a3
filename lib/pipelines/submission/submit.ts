import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import { isId, newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { isMissingReference } from '#lib/db/missing-reference';
import { type Batch, batchSize, findBatch, recordRefusal } from '#lib/jobs/batches/batches';
import { type RequestKey, takeKey } from '#lib/jobs/idempotency';
import { getJobResource } from '#lib/jobs/queries';
import { enqueueJob } from '#lib/jobs/requests';
import type { JobResource } from '#lib/jobs/resource';
import type { NewJob } from '#lib/jobs/statements/insert-jobs';
import { displayName } from '#lib/media/filename';
import { getUpload } from '#lib/media/queries';
import type { FileStore } from '#lib/media/store/store';
import type { ImageSource } from './check-images.ts';
import { checkMember } from './check-member.ts';
import { givenValues } from './check-setting.ts';
import { BATCH_FIELD, type CheckedSubmission, checkSubmission } from './check-submission.ts';
import { fieldError, refuse } from './field-errors.ts';
import { newJob, type Picture, refusalOf, takingIn } from './pictures.ts';
import { discardSubmission, type Submission } from './submission.ts';

/**
 * Make a job of a request: check its fields, take its pictures in, put it in the queue. A refused request leaves
 * nothing behind, unless it is for a batch, which keeps word of a refused picture; the submission's temporary files are
 * gone in either case. Throws AppError `validation_failed`, or the refusals of `probeImage`, each said of the field it is
 * about.
 * @param key under which the request is carried out once; where it is taken, nothing is made and the database's error thrown
 */
export async function submitJob(
  db: Database,
  store: FileStore,
  actor: Actor,
  submission: Submission,
  now: number,
  key: RequestKey | null = null,
): Promise<JobResource> {
  try {
    const batch = await namedBatch(db, actor, submission);
    const checked = batch ? checkMember(submission, batch, actor) : checkSubmission(submission, actor);
    const id = await takeInAndEnqueue(db, store, actor, { checked, batch, key }, now);
    // From here on it is queued: whatever fails now, its pictures stay.
    return await getJobResource(db, actor, id, now);
  } finally {
    await discardSubmission(submission);
  }
}

/** The batch that the job is to be one of. Throws `validation_failed` where there is none of the actor's, or it is full. */
async function namedBatch(db: Database, actor: Actor, { fields }: Submission): Promise<Batch | null> {
  const id = givenValues(fields).get(BATCH_FIELD);
  if (id === undefined) return null;
  if (typeof id !== 'string' || !isId(id)) {
    throw refuse([fieldError(BATCH_FIELD, 'invalid', 'That is not the id of a batch.')]);
  }
  const batch = await findBatch(db, actor, id.toLowerCase()).catch(saidOf(BATCH_FIELD));
  const { batchPictures } = settings();
  if ((await batchSize(db, batch.id)) < batchPictures) return batch;
  throw refuse([fieldError(BATCH_FIELD, 'full', `A batch takes at most ${batchPictures} pictures.`)]);
}

/** A request that can be carried out, as far as its fields tell. */
interface Sound {
  checked: CheckedSubmission;
  batch: Batch | null;
  key: RequestKey | null;
}

/** Returns the job's id. */
async function takeInAndEnqueue(
  db: Database,
  store: FileStore,
  actor: Actor,
  { checked, batch, key }: Sound,
  now: number,
): Promise<string> {
  const id = newId();
  const place = batch && { batchId: batch.id };
  const earlier = () => earlierPictures(db, actor, checked.images);
  try {
    const pictures = await earlier();
    await takingIn(db, store, actor, now, async (take) => {
      for (const image of checked.images) {
        if (!('sent' in image)) continue;
        const { filename } = image.sent;
        const upload = await take(image.sent).catch((error: unknown) => refused(db, batch, filename, error));
        pictures.push({ role: image.role, upload });
      }
      const job = { ...(await jobOf(db, actor, { checked, batch }, pictures)), ...place, id };
      await enqueueJob(db, job, now, key ? [takeKey(db, actor, key, id, now)] : []);
    });
    return id;
  } catch (error) {
    // What the request names may have gone since it was looked for: looking again says so of its field.
    if (isMissingReference(error)) {
      await earlier();
      if (batch) await findBatch(db, actor, batch.id).catch(saidOf(BATCH_FIELD));
    }
    throw error;
  }
}

/** The pictures that were uploaded before. Throws `validation_failed` where one is not there, or not the actor's. */
async function earlierPictures(db: Database, actor: Actor, images: ImageSource[]): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const image of images) {
    if (!('uploadId' in image)) continue;
    const { role, uploadId } = image;
    const upload = await getUpload(db, actor, uploadId).catch(saidOf(`${role}_upload_id`));
    pictures.push({ role, upload });
  }
  return pictures;
}

/** The job that is made of these pictures; where they will not do, its batch keeps word of that, too. */
async function jobOf(
  db: Database,
  actor: Actor,
  { checked, batch }: Omit<Sound, 'key'>,
  pictures: readonly Picture[],
): Promise<NewJob> {
  try {
    return newJob(actor, checked, pictures);
  } catch (error) {
    return refused(db, batch, pictures[0]?.upload.filename ?? '', error);
  }
}

/** A picture is refused all the same, but the batch it was for keeps word of it. */
async function refused(db: Database, batch: Batch | null, filename: string, error: unknown): Promise<never> {
  if (batch) await recordRefusal(db, batch.id, { filename: displayName(filename), error: refusalOf(error) });
  throw error;
}

/** The same error, said of a field. */
function saidOf(field: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof AppError)) throw error;
    throw refuse([fieldError(field, error.code, error.message)]);
  };
}
