import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { AppError, notFound } from '#lib/core/errors';
import { isId, newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import { isMissingReference } from '#lib/db/missing-reference';
import type { RefusedPicture } from '#lib/db/schema/batches';
import { getBatchResource } from '#lib/jobs/batches/batch-queries';
import type { BatchResource } from '#lib/jobs/batches/batch-resource';
import { enqueueBatch } from '#lib/jobs/batches/batches';
import { type RequestKey, takeKey } from '#lib/jobs/idempotency';
import type { NewJob } from '#lib/jobs/statements/insert-jobs';
import { displayName } from '#lib/media/filename';
import { tooLarge } from '#lib/media/image/image-errors';
import type { SentFile } from '#lib/media/intake';
import { getUpload, type Upload } from '#lib/media/queries';
import type { FileStore } from '#lib/media/store/store';
import { discardUpload } from '#lib/media/uploads';
import { type BatchSource, type CheckedBatch, checkBatch } from './check-batch.ts';
import type { Setting } from './check-setting.ts';
import { newJob, refusalOf, takingIn } from './pictures.ts';
import { discardSubmission, type Submission } from './submission.ts';

/**
 * Make a batch of a request: check its setting, take its pictures in, put a job for each in the queue. A picture that is
 * refused stops no other: the batch keeps word of it. A refused request leaves nothing behind, and the submission's
 * temporary files are gone in either case. Throws AppError `validation_failed` where the setting is not right.
 * @param key as for `submitJob`
 */
export async function submitBatch(
  db: Database,
  store: FileStore,
  actor: Actor,
  submission: Submission,
  now: number,
  key: RequestKey | null = null,
): Promise<BatchResource> {
  try {
    const checked = checkBatch(submission, actor, settings().batchPictures);
    const id = newId();
    await takingIn(db, store, actor, now, async (take) => {
      const { jobs, refused } = await takeEach({ db, store, actor, take }, checked);
      const inBatch = jobs.map((job) => ({ ...job, batchId: id }));
      const batch = { ...newBatch(actor, checked, now), id, refused };
      await enqueueBatch(db, batch, inBatch, now, key ? [takeKey(db, actor, key, id, now)] : []);
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

interface Intake {
  db: Database;
  store: FileStore;
  actor: Actor;
  take(sent: SentFile): Promise<Upload>;
}

/** A job for every picture that is sound, and why each other one was refused; all in their places. */
async function takeEach(
  intake: Intake,
  { sources, ...setting }: CheckedBatch,
): Promise<{ jobs: NewJob[]; refused: RefusedPicture[] }> {
  const jobs: NewJob[] = [];
  const refused: RefusedPicture[] = [];
  for (const [position, source] of sources.entries()) {
    try {
      jobs.push({ ...(await takeJob(intake, setting, source)), batchPosition: position });
    } catch (error) {
      refused.push({ position, filename: nameOf(source), error: refusalOf(error) });
    }
  }
  return { jobs, refused };
}

/** A picture that no job comes of is not kept. */
async function takeJob({ db, store, actor, take }: Intake, setting: Setting, source: BatchSource) {
  const role = setting.pipeline.images[0]!.name;
  if (!('sent' in source))
    return newJob(actor, setting, [{ role, upload: await findUpload(db, actor, source) }]);
  const upload = await takeWhole(source.sent, take);
  try {
    return newJob(actor, setting, [{ role, upload }]);
  } catch (error) {
    await discardUpload(db, store, actor, upload.id);
    throw error;
  }
}

/** Of a file that is too large only the beginning was kept. */
async function takeWhole(sent: SentFile, take: Intake['take']): Promise<Upload> {
  const { maxUploadBytes } = settings();
  if (sent.file.sizeBytes > maxUploadBytes) throw tooLarge(maxUploadBytes);
  return take(sent);
}

async function findUpload(db: Database, actor: Actor, { uploadId }: { uploadId: string }): Promise<Upload> {
  if (!isId(uploadId)) throw notFound('upload');
  return getUpload(db, actor, uploadId);
}

function nameOf(source: BatchSource): string {
  return displayName('sent' in source ? source.sent.filename : source.uploadId);
}

function uploadWent(cause: unknown): AppError {
  return new AppError('conflict', 'An upload was deleted while the batch was being made.', {
    suggestion: 'Send the request again.',
    cause,
  });
}
