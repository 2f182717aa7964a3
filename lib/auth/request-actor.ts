import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { actorOf } from './actor.ts';
import { callerOfApiKey } from './api-key-caller.ts';
import { type Caller, inPerson } from './caller.ts';
import { requireSameOrigin } from './same-origin.ts';
import { userOfSession } from './session-cookie.ts';

/**
 * Who makes an API request: by `X-API-Key`, by `Authorization: Bearer`, or by the dashboard's session. A key that is
 * not valid is an error even where a session would do. Throws AppError `unauthenticated`, or `forbidden` where another
 * site makes a signed-in browser change something.
 */
export async function callerFromRequest(db: Database, request: Request, now: number): Promise<Caller> {
  const key = keyOf(request.headers);
  if (key !== null) {
    const caller = await callerOfApiKey(db, key, now);
    if (!caller) throw new AppError('unauthenticated', 'This API key is not valid.', { suggestion: HOW });
    return caller;
  }
  const user = await userOfSession(db, request.headers);
  if (!user) throw new AppError('unauthenticated', 'An API key is needed.', { suggestion: HOW });
  requireSameOrigin(request);
  return inPerson(actorOf(user));
}

const HOW = 'Send an API key as X-API-Key, or as Authorization: Bearer.';

function keyOf(headers: Headers): string | null {
  const key = headers.get('x-api-key');
  if (key !== null) return key.trim();
  const bearer = /^Bearer\s+(.*)$/i.exec(headers.get('authorization') ?? '');
  return bearer ? bearer[1]!.trim() : null;
}
