import { createHash } from 'node:crypto';
import { AppError } from '#lib/core/errors';
import { findKeptRequest, keepAnswer, type KeptRequest, type RequestKey } from '#lib/jobs/idempotency';
import { discardSubmission, type Submission } from '#lib/pipelines/submission/submission';
import type { ActorCall } from './route.ts';
import { readSubmission, type SubmissionLimits } from './submission.ts';

interface Made {
  urls: { self: string };
}

/** What a request makes, and how. */
interface Making {
  makes: 'job' | 'batch';
  limits: SubmissionLimits;
  /** Make it, and discard the submission's files. Takes the key, where there is one, in the same transaction. */
  make(submission: Submission, key: RequestKey | null): Promise<Made>;
  /** What was made, as it is now. */
  find(id: string): Promise<Made>;
}

/**
 * Answer 202 with what the request makes. Under an `Idempotency-Key` it is made once, however often and however much at
 * once it is sent: every other time the first answer is given again. See docs/decisions/010-batches-and-idempotency.md.
 * Throws AppError `bad_request` for a key that is none and `idempotency_mismatch` for another request under the same key.
 */
export async function acceptOnce(call: ActorCall, { makes, limits, make, find }: Making): Promise<Response> {
  const name = keyOf(call.request);
  const submission = await readSubmission(call.request, call.store, limits);
  if (name === null) return accepted(await make(submission, null));
  const key = { key: name, fingerprint: fingerprintOf(makes, submission) };
  try {
    const earlier = await findKeptRequest(call.db, call.actor, name);
    return earlier
      ? await replay(earlier, key, find)
      : await makeUnder(call, key, submission, { make, find });
  } finally {
    await discardSubmission(submission);
  }
}

async function makeUnder(
  { db, actor }: ActorCall,
  key: RequestKey,
  submission: Submission,
  { make, find }: Pick<Making, 'make' | 'find'>,
): Promise<Response> {
  try {
    const made = await make(submission, key);
    await keepAnswer(db, actor, key.key, made);
    return accepted(made);
  } catch (error) {
    // Nothing was made where the key was taken meanwhile, or all of it though nobody could be told.
    const kept = await findKeptRequest(db, actor, key.key);
    if (!kept) throw error;
    return replay(kept, key, find);
  }
}

/** The first answer; where it was never written down, what the request has made. */
async function replay(
  kept: KeptRequest,
  { fingerprint }: RequestKey,
  find: Making['find'],
): Promise<Response> {
  if (kept.fingerprint !== fingerprint) {
    throw new AppError('idempotency_mismatch', 'Another request was sent under this Idempotency-Key.', {
      suggestion: 'Give every request a key of its own, and the same one only when you send it again.',
    });
  }
  const answer = (kept.answer as Made | null) ?? (await find(kept.madeId));
  return accepted(answer, { 'Idempotency-Replayed': 'true' });
}

function accepted(made: Made, headers: Record<string, string> = {}): Response {
  return Response.json(made, { status: 202, headers: { ...headers, Location: made.urls.self } });
}

/** The request's key, null where it has none. */
function keyOf(request: Request): string | null {
  const key = request.headers.get('idempotency-key');
  if (key === null || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError('bad_request', 'An Idempotency-Key has 1 to 255 printable characters, and no spaces.');
}

/** What is asked for, in whatever order and however it was written. */
function fingerprintOf(makes: Making['makes'], { fields, files }: Submission): string {
  const parts = [
    ...fields.map(([name, value]) => JSON.stringify([name, value])),
    ...files.map(({ field, file }) => JSON.stringify([field, 'sha256', file.sha256])),
  ];
  return createHash('sha256')
    .update(JSON.stringify([makes, ...parts.sort()]))
    .digest('hex');
}
