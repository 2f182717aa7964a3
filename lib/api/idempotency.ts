import { createHash } from 'node:crypto';
import { AppError } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import { type Creation, plainCreation } from '#lib/db/creation';
import {
  findKeptRequest,
  forgetRequest,
  keepAnswer,
  type KeptRequest,
  type RequestKey,
  takeKey,
} from '#lib/jobs/idempotency';
import type { ActorCall } from './serve.ts';
import { mismatch, oneAtATime } from './under-way.ts';

/** What a request makes, and how. */
export interface Making<Made extends object> {
  /** In a word that no other kind of request has. */
  makes: string;
  status: 201 | 202;
  /** Make it by this id; what stands alongside goes into the same transaction. */
  make(creation: Creation): Promise<Made>;
  /** What was made, as it is now. Throws AppError `not_found`. */
  find(id: string): Promise<Made>;
  /** What is kept of the answer, to be given again: all of it, or null for what is then made anew by `find`. */
  keeps?(made: Made): Made | null;
}

/** A request that makes something for somebody. */
type MakingCall = Pick<ActorCall, 'request' | 'db' | 'actor' | 'now'>;

/**
 * Answer with what a request with a JSON body makes. Under an `Idempotency-Key` it is made once, however often and however
 * much at once it is sent; see docs/decisions/010-batches-and-idempotency.md. Throws AppError `bad_request` for a key that
 * is none, `idempotency_mismatch` for another request under the same key and `idempotency_in_flight` while the first one
 * is not yet answered.
 */
export async function createOnce<Made extends object>(
  call: MakingCall & { params: unknown; body: unknown },
  making: Making<Made>,
): Promise<Response> {
  const { params, body } = call;
  return answerOnce(call, keyOf(call.request), [JSON.stringify([params, body])], making);
}

/**
 * The same of any request.
 * @param key the request's, null where it has none
 * @param asked what is asked for, in parts whose order says nothing
 */
export async function answerOnce<Made extends object>(
  call: MakingCall,
  key: string | null,
  asked: readonly string[],
  making: Making<Made>,
): Promise<Response> {
  if (key === null) return answer(making, await making.make(plainCreation()));
  const { db, actor } = call;
  const fingerprint = fingerprintOf(making.makes, asked);
  return oneAtATime({ ownerId: actor.userId, key, fingerprint }, async () => {
    const earlier = await findKeptRequest(db, actor, key);
    if (earlier) return replay(earlier, fingerprint, making);
    return makeUnder(call, { key, fingerprint }, making);
  });
}

async function makeUnder<Made extends object>(
  { db, actor, now }: MakingCall,
  key: RequestKey,
  making: Making<Made>,
): Promise<Response> {
  const id = newId();
  try {
    const made = await making.make({ id, alongside: [takeKey(db, actor, key, id, now)] });
    await keepAnswer(db, actor, key.key, making.keeps ? making.keeps(made) : made);
    return answer(making, made);
  } catch (error) {
    // Nothing was made where another process took the key meanwhile, or all of it though nobody could be told.
    const kept = await findKeptRequest(db, actor, key.key);
    if (!kept) throw error;
    if (kept.madeId === id && !(await isThere(making, id))) {
      await forgetRequest(db, actor, key.key);
      throw error;
    }
    return replay(kept, key.fingerprint, making);
  }
}

/** Whether something came of a request that went wrong after its transaction. */
async function isThere<Made extends object>({ find }: Making<Made>, id: string): Promise<boolean> {
  return find(id).then(
    () => true,
    (error: unknown) => {
      if (error instanceof AppError && error.code === 'not_found') return false;
      throw error;
    },
  );
}

/** The first answer; where it was never written down, what the request has made. */
async function replay<Made extends object>(
  kept: KeptRequest,
  fingerprint: string,
  making: Making<Made>,
): Promise<Response> {
  if (kept.fingerprint !== fingerprint) throw mismatch();
  const made = (kept.answer as Made | null) ?? (await making.find(kept.madeId));
  return answer(making, made, { 'Idempotency-Replayed': 'true' });
}

function answer<Made extends object>(
  { status }: Making<Made>,
  made: Made,
  headers: Record<string, string> = {},
): Response {
  const { urls } = made as { urls?: { self: string } };
  const location = urls && { Location: urls.self };
  return Response.json(made, { status, headers: { ...headers, ...location } });
}

/** The request's key, null where it has none. Throws AppError `bad_request` for one that is none. */
export function keyOf(request: Request): string | null {
  const key = request.headers.get('idempotency-key');
  if (key === null || /^[\x21-\x7e]{1,255}$/.test(key)) return key;
  throw new AppError('bad_request', 'An Idempotency-Key has 1 to 255 printable characters, and no spaces.');
}

function fingerprintOf(makes: string, asked: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([makes, ...asked.toSorted()]))
    .digest('hex');
}
