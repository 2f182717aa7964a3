import { inspect } from 'node:util';
import { AppError, toAppError } from '#lib/core/errors';
import { WeightsMissing } from '#lib/models/weights-missing';
import type { Failure } from './messages.ts';

/** Anything thrown, as what can be sent to another process or thread. */
export function toFailure(error: unknown): Failure {
  const known = toAppError(error);
  const { code, message, suggestion, cause } = known;
  const lacks = known instanceof WeightsMissing && { toFetch: known.toFetch };
  return { code, message, suggestion, ...lacks, detail: inspect(cause ?? error) };
}

/** The error again, on the other side. */
export function fromFailure({ code, message, suggestion, toFetch, detail }: Failure): AppError {
  if (toFetch) return new WeightsMissing(message, toFetch);
  return new AppError(code, message, { suggestion, cause: new Error(detail) });
}
