import { AppError } from '../errors.ts';
import { formatBytes } from '../format-bytes.ts';

/* What can go wrong with an address that somebody else gave. */

/** An address that is not asked. */
export function refused(message: string): AppError {
  return new AppError('fetch_refused', message);
}

/** It does not say where the address leads. */
export function notPublic(): AppError {
  return refused('That address does not lead to a public one.');
}

export function tooManyRedirects(): AppError {
  return new AppError('fetch_failed', 'That address leads on to too many others.');
}

export function tooSlow(): AppError {
  return new AppError('fetch_failed', 'That address did not answer in time.');
}

export function tooMuch(maxBytes: number): AppError {
  return new AppError('payload_too_large', `That address answers with more than ${formatBytes(maxBytes)}.`);
}

const TIMEOUTS = new Set(['UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** Whatever went wrong with an exchange, in words that tell nothing of our network. */
export function fetchError(error: unknown): unknown {
  if (error instanceof AppError || (error instanceof Error && error.name === 'AbortError')) return error;
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (TIMEOUTS.has(code)) return tooSlow();
  const isUntrusted = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO/.test(code);
  const what = isUntrusted ? 'cannot prove what it is (TLS)' : 'could not be reached';
  return new AppError('fetch_failed', `That address ${what}.`, { cause: error });
}
