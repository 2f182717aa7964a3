import { settings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import type { FileStore } from '#lib/media/store/store';
import type { Submission } from '#lib/pipelines/submission/submission';
import { parseJson } from './json-body.ts';
import { drain, limitedText } from './limited-body.ts';
import { mediaTypeOf } from './media-type.ts';
import { type MultipartLimits, readMultipart } from './multipart.ts';
import { noteForLog } from './request-log.ts';

const SMALL_BODY_BYTES = 256 * 1024;
const BODY_TYPES = ['multipart/form-data', 'application/x-www-form-urlencoded', 'application/json'] as const;

/** How much a sound request of a kind holds; how large one file may be is a setting. */
export type SubmissionLimits = Omit<MultipartLimits, 'maxFileBytes'>;

/**
 * The request's body as a submission, whichever of the three ways it is written in. Throws AppError
 * `unsupported_media_type`, `bad_request` or `payload_too_large`, leaving no file behind.
 */
export async function readSubmission(
  request: Request,
  store: FileStore,
  limits: SubmissionLimits,
): Promise<Submission> {
  const maxFileBytes = settings().maxUploadBytes;
  try {
    const submission = await readers[bodyType(request)](request, store, { ...limits, maxFileBytes });
    noteForLog(request, { prompt: promptIn(submission) });
    return submission;
  } catch (error) {
    await drain(request, maxFileBytes);
    throw error;
  }
}

function promptIn({ fields }: Submission): string | undefined {
  const given = fields.find(([name]) => name === 'prompt')?.[1];
  return typeof given === 'string' ? given : undefined;
}

const readers: Record<(typeof BODY_TYPES)[number], typeof readMultipart> = {
  'multipart/form-data': readMultipart,
  'application/x-www-form-urlencoded': async (request) => {
    const fields = new URLSearchParams(await limitedText(request, SMALL_BODY_BYTES));
    return { fields: [...fields], files: [] };
  },
  'application/json': async (request) => {
    const body = parseObject(await limitedText(request, SMALL_BODY_BYTES));
    return { fields: Object.entries(body), files: [] };
  },
};

function bodyType(request: Request): (typeof BODY_TYPES)[number] {
  const given = mediaTypeOf(request);
  const type = BODY_TYPES.find((known) => known === given);
  if (type) return type;
  throw new AppError('unsupported_media_type', 'The body has to be a form or JSON.', {
    suggestion: `Send it as ${BODY_TYPES.join(', ')}.`,
  });
}

function parseObject(text: string): object {
  const body = parseJson(text);
  if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  throw new AppError('bad_request', 'The body has to be a JSON object.');
}
