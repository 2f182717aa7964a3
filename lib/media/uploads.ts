import { rm } from 'node:fs/promises';
import { settings } from '#lib/config/settings';
import type { Actor } from '#lib/core/actor';
import { toIso } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import { type Creation, plainCreation } from '#lib/db/creation';
import { uploadKey } from './store/file-key.ts';
import { displayName } from './filename.ts';
import type { ImageFacts } from './image/probe.ts';
import { deleteUnusedUpload, insertUpload, isContentInUse, type Upload } from './queries.ts';
import type { ReceivedFile } from './receive.ts';
import type { FileStore } from './store/store.ts';

const RGBA_BYTES = 4;

/** An upload as the API writes it. */
export interface UploadResource {
  id: string;
  filename: string;
  format: Upload['format'];
  content_type: string;
  size_bytes: number;
  sha256: string;
  width: number;
  height: number;
  /** Width by height, to four decimals. */
  aspect_ratio: number;
  pixel_count: number;
  /** What its decoded pixels take at 8-bit RGBA, four bytes each: the least that working on it needs. */
  memory_estimate_bytes: number;
  mode: string;
  has_alpha: boolean;
  created_at: string;
  /** When its bytes were stored, which is when it was created. */
  stored_at: string;
  urls: { self: string; content: string };
}

/** A picture that was looked at. */
export interface CheckedPicture {
  file: ReceivedFile;
  facts: ImageFacts;
  filename: string;
  kept: boolean;
}

/** What a picture is as an upload of the actor's, of which nothing is kept so far. */
export function uploadOf(actor: Actor, id: string, picture: CheckedPicture, now: number): Upload {
  const { file, facts, filename, kept } = picture;
  return {
    ...facts,
    id,
    ownerId: actor.userId,
    sha256: file.sha256,
    sizeBytes: file.sizeBytes,
    filename: displayName(filename),
    kept,
    storedAt: now,
  };
}

/**
 * Keep a checked picture: one row for each time it is sent, one file for each content. The row comes first, because
 * `discardUpload` looks for rows before it lets go of a file. Throws AppError `storage_quota_exceeded`.
 */
export async function keepUpload(
  db: Database,
  store: FileStore,
  actor: Actor,
  picture: CheckedPicture,
  now: number,
  { id, alongside }: Creation = plainCreation(),
): Promise<Upload> {
  const upload = uploadOf(actor, id, picture, now);
  await insertUpload(db, upload, settings().quotas.ownerBytes, alongside);
  try {
    await store.adopt(uploadKey(upload.sha256), picture.file.path);
  } catch (error) {
    await discardUpload(db, store, actor, upload.id);
    throw error;
  }
  return upload;
}

/** Remove an upload that no job takes, and its bytes where nobody else sent the same. Does nothing for one in use. */
export async function discardUpload(db: Database, store: FileStore, actor: Actor, id: string): Promise<void> {
  const upload = await deleteUnusedUpload(db, actor, id);
  if (upload) await discardContent(db, store, upload.sha256);
}

/**
 * Remove the bytes of a content that no upload has. Does nothing where one has it.
 *
 * The same content may be on its way in at this moment, so the file is set aside first and comes back if a row for it
 * has appeared since; one whose row appears later writes the file itself.
 */
export async function discardContent(db: Database, store: FileStore, sha256: string): Promise<void> {
  if (await isContentInUse(db, sha256)) return;
  const key = uploadKey(sha256);
  const aside = await store.takeOut(key);
  if (!aside) return;
  if (await isContentInUse(db, sha256)) await store.adopt(key, aside);
  await rm(aside, { force: true });
}

export function toUploadResource(upload: Upload): UploadResource {
  const self = `/api/v1/uploads/${upload.id}`;
  const { width, height } = upload;
  const storedAt = toIso(upload.storedAt)!;
  return {
    id: upload.id,
    filename: upload.filename,
    format: upload.format,
    content_type: upload.contentType,
    size_bytes: upload.sizeBytes,
    sha256: upload.sha256,
    width,
    height,
    aspect_ratio: Number((width / height).toFixed(4)),
    pixel_count: width * height,
    memory_estimate_bytes: width * height * RGBA_BYTES,
    mode: upload.mode,
    has_alpha: upload.hasAlpha,
    created_at: storedAt,
    stored_at: storedAt,
    urls: { self, content: `${self}/content` },
  };
}
