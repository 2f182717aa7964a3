import { AppError } from './errors.ts';
import { formatBytes } from './format-bytes.ts';

/** What an owner is told whose files take up all that they may. */
export function ownerStorageFull(limitBytes: number): AppError {
  const message = `Your files may take up ${formatBytes(limitBytes)}, and there is no room for more.`;
  return new AppError('storage_quota_exceeded', message, {
    suggestion: 'Delete finished jobs that you no longer need, with their files.',
  });
}
