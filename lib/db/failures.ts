/* What a statement's failure means for what to do next. The client and drizzle wrap errors in errors: all are looked at. */

/** What any of the errors may tell that led to one another. */
export interface Trace {
  name?: string;
  code?: string | number;
  message?: string;
  /** HTTP status of a server's answer. */
  status?: number;
  cause?: unknown;
}

/** The database server was not reached, or gave no answer in time. A write may have been carried out all the same. */
export class DatabaseUnreachable extends Error {
  override name = 'DatabaseUnreachable';
}

const LOCKED = /^(SQLITE_(BUSY|LOCKED)|TRANSACTION_TIMEOUT)/;
const TOO_MANY_REQUESTS = 429;

/** True where another held the lock, or the server had too much to do: nothing was written, and it can be sent again. */
export function isBusy(error: unknown): boolean {
  return leadsTo(
    error,
    ({ code, name, status }) =>
      LOCKED.test(String(code)) || (name === 'HttpServerError' && status === TOO_MANY_REQUESTS),
  );
}

export function isUnreachable(error: unknown): boolean {
  return leadsTo(error, (trace) => trace instanceof DatabaseUnreachable);
}

/** Whether the error, or one that it came of, is of a kind. */
export function leadsTo(error: unknown, isOfKind: (trace: Trace) => boolean): boolean {
  return tracesOf(error).some(isOfKind);
}

/** The error, the one that it came of, and so on to the first. */
export function tracesOf(error: unknown): Trace[] {
  if (typeof error !== 'object' || error === null) return [];
  return [error, ...tracesOf((error as Trace).cause)];
}
