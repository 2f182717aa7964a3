import { settings } from '#lib/config/settings';
import { DiskStore } from './disk-store.ts';
import type { FileStore } from './store.ts';

let current: FileStore | undefined;

/** This process's file store, by the settings. */
export function fileStore(): FileStore {
  current ??= new DiskStore(settings().filesDir);
  return current;
}
