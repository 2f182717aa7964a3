/**
 * Every error a caller may see, with the HTTP status it becomes and whether a failed run of that kind is
 * worth another attempt. One table, so that code, status and retry policy cannot drift apart.
 */
export const ERROR_CODES = {
  bad_request: { status: 400, retryable: false },
  validation_failed: { status: 422, retryable: false },
  unauthenticated: { status: 401, retryable: false },
  forbidden: { status: 403, retryable: false },
  link_expired: { status: 403, retryable: false },
  not_found: { status: 404, retryable: false },
  conflict: { status: 409, retryable: false },
  idempotency_mismatch: { status: 422, retryable: false },
  idempotency_in_flight: { status: 409, retryable: false },
  rate_limited: { status: 429, retryable: false },
  quota_exceeded: { status: 429, retryable: false },
  queue_full: { status: 429, retryable: false },
  storage_quota_exceeded: { status: 409, retryable: false },
  payload_too_large: { status: 413, retryable: false },
  unsupported_media_type: { status: 415, retryable: false },
  image_unreadable: { status: 422, retryable: false },
  image_type_mismatch: { status: 422, retryable: false },
  image_dimensions: { status: 422, retryable: false },
  image_animated: { status: 422, retryable: false },
  fetch_refused: { status: 422, retryable: false },
  fetch_failed: { status: 422, retryable: false },
  too_many_streams: { status: 429, retryable: false },
  input_missing: { status: 500, retryable: false },
  weights_missing: { status: 503, retryable: true },
  weights_corrupt: { status: 503, retryable: false },
  model_unfit: { status: 500, retryable: false },
  model_unavailable: { status: 409, retryable: false },
  runner_lost: { status: 500, retryable: true },
  runner_lost_among_others: { status: 500, retryable: true },
  storage_full: { status: 507, retryable: true },
  unavailable: { status: 503, retryable: true },
  not_implemented: { status: 501, retryable: false },
  cancelled: { status: 409, retryable: false },
  internal: { status: 500, retryable: true },
} as const;

export type ErrorCode = keyof typeof ERROR_CODES;

/** One field of the input that was refused. `pointer` is a JSON Pointer (RFC 6901), such as `/num_layers`. */
export interface FieldError {
  pointer: string;
  code: string;
  message: string;
  allowed?: unknown;
}

interface AppErrorOptions {
  suggestion?: string;
  fields?: FieldError[];
  /** When it is worth trying again, where that is known. */
  retryAfterMs?: number;
  cause?: unknown;
}

/** An error whose message is safe to show: no path, key or stack. The cause stays inside, for the log. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly suggestion: string | undefined;
  readonly fields: FieldError[];
  readonly retryAfterMs: number | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.suggestion = options.suggestion;
    this.fields = options.fields ?? [];
    this.retryAfterMs = options.retryAfterMs;
  }

  get status(): number {
    return ERROR_CODES[this.code].status;
  }

  get retryable(): boolean {
    return ERROR_CODES[this.code].retryable;
  }
}

/** Anything thrown, as an AppError: itself, or `internal` with the original as its cause. */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  return new AppError('internal', 'Something went wrong on our side.', { cause: error });
}

/** What another person's thing looks like, and a thing that never was. */
export function notFound(what: string): AppError {
  return new AppError('not_found', `There is no such ${what}.`);
}
