import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { notFound } from '#lib/core/errors';
import { isId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import type { RefusedPicture } from '#lib/db/schema/batches';
import type { NewJob } from '#lib/jobs/statements/insert-jobs';
import { displayName } from '#lib/media/filename';
import { tooLarge } from '#lib/media/image/image-errors';
import type { SentFile } from '#lib/media/intake';
import { getUpload, type Upload } from '#lib/media/queries';
import type { FileStore } from '#lib/media/store/store';
import { discardUpload } from '#lib/media/uploads';
import type { BatchSource, CheckedBatch } from './check-batch.ts';
import type { Setting } from './check-setting.ts';
import { newJob, refusalOf } from './pictures.ts';

interface Intake {
  db: Database;
  store: FileStore;
  actor: Actor;
  /** Takes a picture in, or looks at it as if. */
  take(sent: SentFile): Promise<Upload>;
}

/** A job for every picture that is sound, and why each other one was refused; all in their places. */
export async function takeEach(
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
