import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError } from '#lib/core/errors';
import { sha256OfFile } from '#lib/core/file-hash';
import { probeImage } from '#lib/media/image/probe';
import type { InputImage } from '#worker/pipelines/run';

/** A photo that was named, as a run takes it. Throws AppError `not_found`, `validation_failed` or as `probeImage` does. */
export async function inputImage(photo: string): Promise<InputImage> {
  const path = resolve(photo);
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError('not_found', `There is no file at ${photo}.`, { cause });
  });
  if (!found.isFile()) {
    throw new AppError('validation_failed', `${photo} is not a file.`, { suggestion: 'Name one photo.' });
  }
  const { width, height } = await probeImage(path, null);
  return { path, width, height, sha256: await sha256OfFile(path) };
}
