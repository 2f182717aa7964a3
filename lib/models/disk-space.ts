import { existsSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '#lib/core/errors';
import { formatBytes } from '#lib/core/format-bytes';

/** Bytes an ordinary process may still write to the disk a folder is on. */
export async function freeBytes(dir: string): Promise<number> {
  const { bavail, bsize } = await statfs(dir);
  return bavail * bsize;
}

/** The same for a folder that may not have been made yet. */
export async function freeBytesFor(dir: string): Promise<number> {
  return existsSync(dir) || dir === dirname(dir) ? freeBytes(dir) : freeBytesFor(dirname(dir));
}

/** Throws AppError `storage_full` if that much does not fit. */
export function requireSpace(neededBytes: number, availableBytes: number): void {
  if (neededBytes <= availableBytes) return;
  const [needed, available] = [formatBytes(neededBytes), formatBytes(availableBytes)];
  throw new AppError('storage_full', `The weights need ${needed} of disk, and ${available} are free.`, {
    suggestion: 'Free some space, or set MULTIPLANE_WEIGHTS_DIR to a larger disk.',
  });
}
