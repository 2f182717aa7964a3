import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import type { RefusedPicture } from '#lib/db/schema/batches';
import type { NewJob } from '#lib/jobs/statements/insert-jobs';
import { type SentFile, takeIn } from '#lib/media/intake';
import type { Upload } from '#lib/media/queries';
import type { FileStore } from '#lib/media/store/store';
import { discardUpload } from '#lib/media/uploads';
import { settledModel } from '../models.ts';
import type { Setting } from './check-setting.ts';
import { refuse } from './field-errors.ts';
import { reviewRequest } from './review.ts';

/** A picture that has been taken in, and its part in a job. */
export interface Picture {
  role: string;
  upload: Upload;
}

/** The job that does to these pictures what the setting says. Throws AppError `validation_failed` where they do not go together. */
export function newJob(actor: Actor, setting: Setting, pictures: readonly Picture[]): NewJob {
  const { pipeline, priority } = setting;
  const images = Object.fromEntries(pictures.map(({ role, upload }) => [role, upload]));
  const model = settledModel(pipeline, setting.model, {
    endImage: 'end_image' in images,
    prompt: setting.params['prompt'] !== undefined,
  });
  const { errors, warnings, params } = reviewRequest(pipeline, { model, params: setting.params, images });
  if (errors.length > 0) throw refuse(errors);
  return {
    ownerId: actor.userId,
    pipeline: pipeline.id,
    model,
    params,
    priority,
    maxAttempts: settings().maxAttempts,
    warnings,
    inputs: pictures.map(({ role, upload }) => ({ role, uploadId: upload.id })),
    inputPixels: pictures.reduce((sum, { upload }) => sum + upload.width * upload.height, 0),
  };
}

/**
 * Take sent pictures in for a piece of work, all or none: where it fails, none of those it took is kept.
 * @param work is handed a function that takes one in, which throws as `takeIn` does
 */
export async function takingIn<T>(
  db: Database,
  store: FileStore,
  actor: Actor,
  now: number,
  work: (take: (sent: SentFile) => Promise<Upload>) => Promise<T>,
): Promise<T> {
  const taken: Upload[] = [];
  try {
    return await work(async (sent) => {
      const upload = await takeIn(db, store, actor, sent, now);
      taken.push(upload);
      return upload;
    });
  } catch (error) {
    // Whatever becomes of these, the caller hears of the error that came first.
    await Promise.allSettled(taken.map(({ id }) => discardUpload(db, store, actor, id)));
    throw error;
  }
}

/** Why a picture was not taken, as its batch keeps it. Throws the error itself where the fault is not the picture's. */
export function refusalOf(error: unknown): RefusedPicture['error'] {
  if (!(error instanceof AppError) || error.status >= 500) throw error;
  return { code: error.code, message: error.message, suggestion: error.suggestion ?? null };
}
