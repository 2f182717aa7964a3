import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import { isId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { type Batch, batchSize, findBatch } from '#lib/jobs/batches/batches';
import type { NewJob } from '#lib/jobs/statements/insert-jobs';
import { type Fetching, fetchPicture, filenameOf } from '#lib/media/fetch/fetch-picture';
import type { SentFile } from '#lib/media/intake';
import { getUpload, type Upload } from '#lib/media/queries';
import type { FileStore } from '#lib/media/store/store';
import { type ImageSource, uploadField, urlField } from './check-images.ts';
import { checkMember } from './check-member.ts';
import { givenValues } from './check-setting.ts';
import { BATCH_FIELD, type CheckedSubmission, checkSubmission } from './check-submission.ts';
import { fieldError, refuse } from './field-errors.ts';
import { newJob, type Picture } from './pictures.ts';
import type { Submission } from './submission.ts';

/** A request for a job that can be carried out, as far as its fields tell. */
export interface SoundRequest {
  checked: CheckedSubmission;
  /** The batch that the job is to be one of. */
  batch: Batch | null;
}

/** Check a request's fields. Throws AppError `validation_failed`. */
export async function checkRequest(
  db: Database,
  actor: Actor,
  submission: Submission,
): Promise<SoundRequest> {
  const batch = await namedBatch(db, actor, submission);
  const checked = batch ? checkMember(submission, batch, actor) : checkSubmission(submission, actor);
  return { checked, batch };
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

/** What is to be done with the pictures of a request. */
export interface PictureWork {
  db: Database;
  store: FileStore;
  actor: Actor;
  /** Takes a picture in, or looks at it as if. */
  take(sent: SentFile): Promise<Upload>;
  /** Is told when a picture, by its file name, is refused. Throws the error. */
  refuse(filename: string, error: unknown): Promise<never>;
  fetching: Fetching;
}

/**
 * The job that a request asks for, with its pictures looked up, fetched and taken in. What is fetched becomes a file of
 * the submission's. Throws AppError `validation_failed`, or the refusals of `probeImage` and `fetchPicture`, each said of
 * its field.
 */
export async function jobOf(
  work: PictureWork,
  { checked }: SoundRequest,
  submission: Submission,
): Promise<{ job: NewJob; pictures: Picture[] }> {
  const { db, actor, take, refuse } = work;
  const pictures = await earlierPictures(db, actor, checked.images);
  for (const image of checked.images) {
    if ('uploadId' in image) continue;
    const upload = await sentFile(work, image, submission)
      .then(take)
      .catch((error: unknown) => refuse(nameOf(image), error));
    pictures.push({ role: image.role, upload });
  }
  try {
    return { job: newJob(actor, checked, pictures), pictures };
  } catch (error) {
    return refuse(pictures[0]?.upload.filename ?? '', error);
  }
}

type Arriving = Exclude<ImageSource, { uploadId: string }>;

async function sentFile(
  { store, fetching }: PictureWork,
  image: Arriving,
  { files }: Submission,
): Promise<SentFile> {
  if ('sent' in image) return image.sent;
  const fetched = await fetchPicture(store, urlField(image.role), image.address, fetching);
  files.push(fetched);
  return fetched;
}

function nameOf(image: Arriving): string {
  return 'sent' in image ? image.sent.filename : filenameOf(image.address);
}

/** The pictures that were uploaded before. Throws `validation_failed` where one is not there, or not the actor's. */
export async function earlierPictures(
  db: Database,
  actor: Actor,
  images: readonly ImageSource[],
): Promise<Picture[]> {
  const pictures: Picture[] = [];
  for (const image of images) {
    if (!('uploadId' in image)) continue;
    const { role, uploadId } = image;
    const upload = await getUpload(db, actor, uploadId).catch(saidOf(uploadField(role)));
    pictures.push({ role, upload });
  }
  return pictures;
}

/** The same error, said of a field. */
export function saidOf(field: string): (error: unknown) => never {
  return (error) => {
    if (!(error instanceof AppError)) throw error;
    throw refuse([fieldError(field, error.code, error.message)]);
  };
}
