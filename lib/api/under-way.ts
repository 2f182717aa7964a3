import { AppError } from '#lib/core/errors';
import type { RequestKey } from '#lib/jobs/idempotency';

const RETRY_MS = 1_000;

/** Fingerprints of the requests that this process carries out under a key, by owner and key. */
const underWay = new Map<string, string>();

/**
 * Do what a request under a key asks, unless this process does it already. Of several processes the database lets one
 * through. Throws AppError `idempotency_in_flight`, or `idempotency_mismatch` where it does something else.
 */
export async function oneAtATime<T>(
  { ownerId, key, fingerprint }: RequestKey & { ownerId: string },
  work: () => Promise<T>,
): Promise<T> {
  const name = JSON.stringify([ownerId, key]);
  const current = underWay.get(name);
  if (current !== undefined) throw current === fingerprint ? inFlight() : mismatch();
  underWay.set(name, fingerprint);
  try {
    return await work();
  } finally {
    underWay.delete(name);
  }
}

function inFlight(): AppError {
  return new AppError(
    'idempotency_in_flight',
    'The first request under this Idempotency-Key is not answered yet.',
    { suggestion: 'Send it again in a moment.', retryAfterMs: RETRY_MS },
  );
}

/** AppError `idempotency_mismatch`. */
export function mismatch(): AppError {
  return new AppError('idempotency_mismatch', 'Another request was sent under this Idempotency-Key.', {
    suggestion: 'Give every request a key of its own, and the same one only when you send it again.',
  });
}
