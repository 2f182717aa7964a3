import { AppError } from '#lib/core/errors';

const GO_ON = 'What has arrived stays: run the same command again and it goes on from there.';
const OUT_OF_REACH = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** The `code` Node and npm put on their errors, such as ENOSPC or E404. */
function errorCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
}

/** A fetch that went wrong, as an AppError that says what to do. `what` reads like “the package x@1.0.0”. */
export function fetchFailure(error: unknown, what: string): AppError {
  if (error instanceof AppError) return error;
  const code = errorCode(error);
  if (code === 'ENOSPC' || code === 'EDQUOT') return diskFull(error);
  if (code === 'E404' || code === 'ETARGET') return absent(what, error);
  if (code === 'EINTEGRITY')
    return corrupt(`What arrived as ${what} is not what the registry promised.`, error);
  const isOutOfReach = code !== undefined && OUT_OF_REACH.has(code);
  const message = isOutOfReach
    ? `The source of ${what} cannot be reached.`
    : `The download of ${what} failed.`;
  return new AppError('unavailable', message, {
    suggestion: `Check the network and npm's proxy settings. ${GO_ON}`,
    cause: error,
  });
}

/** The source answered, and does not have it. */
export function absent(what: string, cause?: unknown): AppError {
  return new AppError('not_found', `The source has no ${what.replace(/^the /, '')}.`, {
    suggestion: 'A mirror that has it can be named in MULTIPLANE_WEIGHTS_MIRROR.',
    cause,
  });
}

/** Bytes arrived that are not the ones the catalogue names; they are gone again. */
export function corrupt(message: string, cause?: unknown): AppError {
  return new AppError('weights_corrupt', message, {
    suggestion: 'It was removed. Fetch it again; if that repeats, the source was changed: tell us.',
    cause,
  });
}

function diskFull(cause: unknown): AppError {
  return new AppError('storage_full', 'The disk filled up while weights were fetched.', {
    suggestion: `Free some space, or set MULTIPLANE_WEIGHTS_DIR to a larger disk. ${GO_ON}`,
    cause,
  });
}
