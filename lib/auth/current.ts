import { headers } from 'next/headers';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import { database } from '#lib/db/connection';
import type { User } from './accounts.ts';
import { userOfSession } from './session-cookie.ts';

/** Who is signed in, in a page or a server action; null where nobody is. */
export async function currentUser(): Promise<User | null> {
  return userOfSession(await database(), await headers());
}

/** The same as an actor, for the owner-scoped functions of the other rooms. */
export async function currentActor(): Promise<Actor | null> {
  const user = await currentUser();
  return user && { userId: user.id, role: user.role };
}

/** Throws AppError `unauthenticated` where nobody is signed in. */
export async function requireActor(): Promise<Actor> {
  const actor = await currentActor();
  if (!actor) throw new AppError('unauthenticated', 'Sign in first.');
  return actor;
}
