import type { z } from 'zod';
import { AppError, type FieldError } from '#lib/core/errors';
import { limitedText } from './limited-body.ts';

const MOST_BYTES = 256 * 1024;

/**
 * A request's JSON body, as its schema has it; an absent one is an empty object. Throws AppError
 * `unsupported_media_type`, `bad_request`, `payload_too_large` or `validation_failed`.
 */
export async function jsonBody<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(parseJson(await jsonText(request)));
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(toFieldError);
  throw new AppError('validation_failed', 'The body is not right.', { fields });
}

/** Throws AppError `bad_request` for what is no JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new AppError('bad_request', 'The body is not JSON.', { cause });
  }
}

async function jsonText(request: Request): Promise<string> {
  const text = await limitedText(request, MOST_BYTES);
  if (text === '') return '{}';
  const type = request.headers.get('content-type')?.split(';')[0]!.trim().toLowerCase();
  if (type === 'application/json') return text;
  throw new AppError('unsupported_media_type', 'The body has to be JSON.', {
    suggestion: 'Send it as application/json.',
  });
}

function toFieldError({ path, code, message }: z.core.$ZodIssue): FieldError {
  const pointer = path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
  return { pointer, code, message };
}
