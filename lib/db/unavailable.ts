import { AppError } from '#lib/core/errors';
import { isBusy, isUnreachable } from './failures.ts';

/** What a caller is told when the database is busy or cannot be reached; null for every other error. */
export function unavailable(error: unknown): AppError | null {
  const state = isUnreachable(error) ? 'cannot be reached' : isBusy(error) ? 'is busy' : null;
  if (state === null) return null;
  return new AppError('unavailable', `The database ${state}.`, {
    suggestion: 'Try again in a moment.',
    cause: error,
  });
}
