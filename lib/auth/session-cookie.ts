import { getToken } from 'next-auth/jwt';
import type { Database } from '#lib/db/client';
import { findSessionUser, type User } from './accounts.ts';
import { authSecret } from './secret.ts';

const COOKIE = 'authjs.session-token';
const SECURE_COOKIE = `__Secure-${COOKIE}`;

/**
 * Who the session cookie of a request belongs to, or null where there is none, it is not ours, it has expired, or the
 * account's password has changed since. The database is asked every time, because a sealed cookie cannot be taken back.
 */
export async function userOfSession(db: Database, headers: Headers): Promise<User | null> {
  for (const cookieName of [SECURE_COOKIE, COOKIE]) {
    if (!headers.get('cookie')?.includes(cookieName)) continue;
    // Only the cookie: the library would take an Authorization header too.
    const req = { headers: { cookie: headers.get('cookie')! } };
    const claims = await getToken({ req, secret: await authSecret(), cookieName, salt: cookieName });
    const user = claims && (await userOfClaims(db, claims));
    if (user) return user;
  }
  return null;
}

/** The account that the contents of a session cookie name, or null where that session has ended. */
export async function userOfClaims(db: Database, claims: Record<string, unknown>): Promise<User | null> {
  const { sub, sessionVersion } = claims;
  if (typeof sub !== 'string' || typeof sessionVersion !== 'number') return null;
  return findSessionUser(db, sub, sessionVersion);
}
