import { inspect } from 'node:util';
import { AppError, toAppError } from '#lib/core/errors';
import type { Failure } from './messages.ts';

/** Anything thrown, as what can be sent to another process or thread. */
export function toFailure(error: unknown): Failure {
  const { code, message, suggestion, cause } = toAppError(error);
  return { code, message, suggestion, detail: inspect(cause ?? error) };
}

/** The error again, on the other side. */
export function fromFailure({ code, message, suggestion, detail }: Failure): AppError {
  return new AppError(code, message, { suggestion, cause: new Error(detail) });
}
