import { AppError, type ErrorCode } from '#lib/core/errors';
import { formatBytes } from '#lib/core/format-bytes';
import { ACCEPTED_FORMATS, ACCEPTED_TYPES, contentTypeOf, type ImageFormat } from './format.ts';

/** Shortest and longest side of a picture that is taken in, in pixels. */
export const MIN_SIDE = 64;
export const MAX_SIDE = 4096;

const SEND_ANOTHER = `Send one still picture as ${ACCEPTED_FORMATS.replace(' and ', ' or ')}.`;

export function unsupportedType(foreign: string | null): AppError {
  const what = foreign
    ? `${foreign} files are not accepted`
    : 'This file is not a picture that can be read here';
  return refusal('unsupported_media_type', `${what}; ${ACCEPTED_FORMATS} are.`, SEND_ANOTHER, ACCEPTED_TYPES);
}

export function typeMismatch(claim: string, format: ImageFormat): AppError {
  const truth = contentTypeOf(format);
  const said = claim.slice(0, 80);
  const suggestion = `Send it as ${truth}, or without a type.`;
  return refusal('image_type_mismatch', `The file says it is ${said} but is ${truth}.`, suggestion, [truth]);
}

/** Width and height in pixels, after the orientation. */
export function badDimensions(width: number, height: number): AppError {
  const allowed = { minimum: MIN_SIDE, maximum: MAX_SIDE };
  const range = `${MIN_SIDE} to ${MAX_SIDE} pixels`;
  const small = Math.min(width, height) < MIN_SIDE;
  const suggestion = small ? 'Send a larger picture.' : 'Make the picture smaller and send it again.';
  const message = `The picture is ${width}×${height}; each side has to be ${range}.`;
  return refusal('image_dimensions', message, suggestion, allowed);
}

export function animated(format: ImageFormat): AppError {
  const what = format === 'tiff' ? 'holds more than one page' : 'is animated';
  return refusal('image_animated', `The picture ${what}.`, 'Send a single still picture.');
}

export function unreadable(cause?: unknown): AppError {
  const message = 'The picture is damaged or incomplete and cannot be read.';
  return refusal(
    'image_unreadable',
    message,
    'Save it again in an image program, then send it.',
    undefined,
    cause,
  );
}

export function tooLarge(maxBytes: number): AppError {
  const limit = formatBytes(maxBytes);
  const message = `The file is larger than ${limit}.`;
  return refusal('payload_too_large', message, `Send a file of at most ${limit}.`, { maximum: maxBytes });
}

/** An AppError about a whole file; its one field has no name yet, since only the caller knows it. */
function refusal(
  code: ErrorCode,
  message: string,
  suggestion: string,
  allowed?: unknown,
  cause?: unknown,
): AppError {
  const field = { pointer: '', code, message, ...(allowed === undefined ? {} : { allowed }) };
  return new AppError(code, message, { suggestion, fields: [field], cause });
}

/** The same refusal, said of a named field of the request. Anything but a refusal comes back as it is. */
export function aboutField(name: string, error: unknown): unknown {
  if (!(error instanceof AppError) || error.fields.length === 0) return error;
  const fields = error.fields.map((field) => ({ ...field, pointer: field.pointer || `/${name}` }));
  return new AppError(error.code, error.message, {
    suggestion: error.suggestion,
    fields,
    cause: error.cause,
  });
}
