import type { z } from 'zod';
import { AppError } from '#lib/core/errors';
import { fieldErrorsOf } from '#lib/core/input-errors';
import { limitedText } from './limited-body.ts';
import { mediaTypeOf } from './media-type.ts';

const MOST_BYTES = 256 * 1024;

/**
 * A request's JSON body, as its schema has it; an absent one is an empty object. Throws AppError
 * `unsupported_media_type`, `bad_request`, `payload_too_large` or `validation_failed`.
 */
export async function jsonBody<S extends z.ZodType>(request: Request, schema: S): Promise<z.output<S>> {
  const parsed = schema.safeParse(parseJson(await jsonText(request)));
  if (parsed.success) return parsed.data;
  throw new AppError('validation_failed', 'The body is not right.', { fields: fieldErrorsOf(parsed.error) });
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
  if (mediaTypeOf(request) === 'application/json') return text;
  throw new AppError('unsupported_media_type', 'The body has to be JSON.', {
    suggestion: 'Send it as application/json.',
  });
}
