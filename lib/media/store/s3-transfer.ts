import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { S3Bucket } from './s3-bucket.ts';
import { s3Error } from './s3-errors.ts';

/** Put a local file into the bucket. */
export async function upload(
  bucket: S3Bucket,
  key: string,
  path: string,
  signal?: AbortSignal,
): Promise<void> {
  const file = createReadStream(path);
  try {
    await bucket.put(key, file, signal);
  } finally {
    file.destroy();
  }
}

/** Write an object to a path where there is nothing yet. False where there is no such object; then nothing is written. */
export async function download(
  bucket: S3Bucket,
  key: string,
  path: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const object = await bucket.get(key, { signal });
  if (!object) return false;
  try {
    await pipeline(object, createWriteStream(path), { signal });
  } catch (error) {
    await rm(path, { force: true });
    throw s3Error(error);
  }
  return true;
}
