import { type Settings, settings } from '#lib/config/settings';
import { DiskStore } from './disk-store.ts';
import { S3Store } from './s3-store.ts';
import type { FileStore } from './store.ts';

let current: FileStore | undefined;

/** This process's file store, by the settings. */
export function fileStore(): FileStore {
  current ??= openStore(settings());
  return current;
}

function openStore({ bucket, filesDir }: Settings): FileStore {
  return bucket ? new S3Store(bucket, filesDir) : new DiskStore(filesDir);
}
