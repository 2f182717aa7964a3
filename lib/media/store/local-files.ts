import { AppError } from '#lib/core/errors';

/* What the calls of this machine's file system come to, where it is not what was wished for. */

/** The result, or null where there is no such file or folder. */
export async function whereItExists<T>(operation: Promise<T>): Promise<T | null> {
  try {
    return await operation;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** A full disk as AppError `storage_full`; anything else as it is. */
export function storageError(error: unknown): unknown {
  const { code } = (error ?? {}) as NodeJS.ErrnoException;
  return code === 'ENOSPC' || code === 'EDQUOT' ? storageFull(error) : error;
}

export function storageFull(cause: unknown): AppError {
  return new AppError('storage_full', 'There is no room left to store this.', {
    suggestion: 'Delete finished jobs, or ask the operator for more space.',
    cause,
  });
}
