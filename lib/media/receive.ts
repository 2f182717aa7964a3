import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { tooLarge } from './image/image-errors.ts';
import { storageError } from './store/local-files.ts';
import type { FileStore } from './store/store.ts';

/** A file that has arrived whole and lies in a temporary place. Whoever receives it discards it in the end. */
export interface ReceivedFile {
  path: string;
  sizeBytes: number;
  /** Lower-case hex. */
  sha256: string;
  /** Remove the temporary file. Does nothing once it has been adopted or discarded. */
  discard(): Promise<void>;
}

/**
 * Stream a body to a temporary file, hashing it on the way. Whatever goes wrong, no file is left behind.
 * @param tooMuch what to do once more than `maxBytes` have come: throw AppError `payload_too_large`, or read on to the
 * body's end and keep no more than that of it, with the size and hash of all of it
 *
 * Throws AppError `storage_full` too, or the stream's error.
 */
export async function receiveFile(
  store: FileStore,
  body: AsyncIterable<Uint8Array>,
  maxBytes: number,
  tooMuch: 'throw' | 'cut' = 'throw',
): Promise<ReceivedFile> {
  const path = await store.temporaryPath();
  const discard = () => rm(path, { force: true });
  const hash = createHash('sha256');
  let sizeBytes = 0;
  async function* measured() {
    for await (const chunk of body) {
      sizeBytes += chunk.byteLength;
      if (sizeBytes > maxBytes && tooMuch === 'throw') throw tooLarge(maxBytes);
      hash.update(chunk);
      if (sizeBytes <= maxBytes) yield chunk;
    }
  }
  try {
    // Not a stream: a broken pipeline rejects while its file may still be about to be opened, after it was discarded.
    await writeFile(path, measured(), { flag: 'wx' });
  } catch (error) {
    await discard();
    throw storageError(error);
  }
  return { path, sizeBytes, sha256: hash.digest('hex'), discard };
}
