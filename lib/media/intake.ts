import type { Actor } from '#lib/core/actor';
import { newId } from '#lib/core/ids';
import type { Database } from '#lib/db/client';
import type { Creation } from '#lib/db/creation';
import { aboutField } from './image/image-errors.ts';
import { probeImage } from './image/probe.ts';
import type { Upload } from './queries.ts';
import type { ReceivedFile } from './receive.ts';
import type { FileStore } from './store/store.ts';
import { type CheckedPicture, keepUpload, uploadOf } from './uploads.ts';

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
  creation?: Creation,
): Promise<Upload> {
  return keepUpload(db, store, actor, await check(sent), now, creation);
}

/** What would be taken in of a received picture, of which nothing is kept. Throws likewise. */
export async function lookAt(actor: Actor, sent: Intake, now: number): Promise<Upload> {
  return uploadOf(actor, newId(), await check(sent), now);
}

async function check({ file, filename, claim, field, kept = false }: Intake): Promise<CheckedPicture> {
  const facts = await probeImage(file.path, claim).catch((error: unknown) => {
    throw aboutField(field, error);
  });
  return { file, facts, filename, kept };
}
