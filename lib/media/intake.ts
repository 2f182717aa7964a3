import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { aboutField } from './image/image-errors.ts';
import { probeImage } from './image/probe.ts';
import type { Upload } from './queries.ts';
import type { ReceivedFile } from './receive.ts';
import type { FileStore } from './store/store.ts';
import { keepUpload } from './uploads.ts';

/** A file of a request, with what its sender said of it. */
export interface SentFile {
  /** The name of the form field it came in. */
  field: string;
  filename: string;
  /** Content-Type of the part; null where there was none. */
  claim: string | null;
  file: ReceivedFile;
}

/** A file to take in. `kept`: it was sent by itself, and outlives the jobs that take it. */
interface Intake extends SentFile {
  kept?: boolean;
}

/**
 * Check a received picture and keep it as an upload of the actor's. The temporary file stays the caller's to discard.
 * Throws the refusals of `probeImage`, said of the picture's field.
 */
export async function takeIn(
  db: Database,
  store: FileStore,
  actor: Actor,
  sent: Intake,
  now: number,
): Promise<Upload> {
  const { file, filename, claim, field, kept = false } = sent;
  const facts = await probeImage(file.path, claim).catch((error: unknown) => {
    throw aboutField(field, error);
  });
  return keepUpload(db, store, actor, { file, facts, filename, kept }, now);
}
