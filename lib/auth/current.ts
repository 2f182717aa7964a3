import { headers } from 'next/headers';
import { database } from '#lib/db/connection';
import type { User } from './accounts.ts';
import { userOfSession } from './session-cookie.ts';

/** Who is signed in, in a page or a server action; null where nobody is. */
export async function currentUser(): Promise<User | null> {
  return userOfSession(await database(), await headers());
}
