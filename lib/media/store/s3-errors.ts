import { AppError } from '#lib/core/errors';
import { storageError, storageFull } from './local-files.ts';

/** What the SDK's errors tell, and Node's where no answer came. */
interface Failure {
  name?: string;
  code?: string;
  $metadata?: { httpStatusCode?: number };
}

const NO_CONNECTION =
  /^(ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH|ERR_STREAM_PREMATURE_CLOSE)$/;
/** Amazon's own store is never full. Others say it in words of theirs. */
const NO_ROOM = /Quota|StorageFull|InsufficientStorage/;

/** Whether the store has no such object. */
export function isMissing(error: unknown): boolean {
  const { name } = error as Failure;
  return name === 'NoSuchKey' || name === 'NotFound';
}

/** Whether the store does not know this kind of request. */
export function isUnknownRequest(error: unknown): boolean {
  return statusOf(error) === 501;
}

/** As AppError `unavailable` or `storage_full` where it is that; anything else, such as a wrong key, as it is. */
export function s3Error(error: unknown): unknown {
  const { name = '', code = '' } = (error ?? {}) as Failure;
  const status = statusOf(error);
  if (status === 507 || NO_ROOM.test(name)) return storageFull(error);
  const isDown = name === 'TimeoutError' || NO_CONNECTION.test(code);
  if (!isDown && status !== 429 && status < 500) return storageError(error);
  return new AppError('unavailable', 'The file store cannot be reached.', {
    suggestion: 'Try again in a moment.',
    cause: error,
  });
}

/** HTTP status of the answer; 0 where none came. */
function statusOf(error: unknown): number {
  return (error as Failure | undefined)?.$metadata?.httpStatusCode ?? 0;
}
