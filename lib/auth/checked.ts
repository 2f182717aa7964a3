import type { z } from 'zod';
import { AppError } from '#lib/core/errors';
import { fieldErrorsOf } from '#lib/core/input-errors';

/** Input as its schema has it. Throws AppError `validation_failed`, with what is wrong first as its message. */
export function checked<S extends z.ZodType>(schema: S, input: unknown): z.output<S> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = fieldErrorsOf(parsed.error);
  throw new AppError('validation_failed', fields[0]!.message, { fields });
}
