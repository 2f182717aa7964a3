import { AppError, type FieldError } from '#lib/core/errors';

/** A field of the request, said to be wrong. */
export function fieldError(name: string, code: string, message: string, allowed?: unknown): FieldError {
  const pointer = `/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
  return allowed === undefined ? { pointer, code, message } : { pointer, code, message, allowed };
}

/** All that is wrong with a request as one AppError `validation_failed`. */
export function refuse(fields: FieldError[]): AppError {
  const [first] = fields;
  const message =
    fields.length === 1 ? first!.message : `${fields.length} fields of the request are not right.`;
  return new AppError('validation_failed', message, { fields });
}
