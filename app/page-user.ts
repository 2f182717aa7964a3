import { redirect } from 'next/navigation';
import { type User, hasAdministrator } from '#lib/auth/accounts';
import { currentUser } from '#lib/auth/current';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import { database } from '#lib/db/connection';
import { doorHref } from './return-path.ts';

/**
 * Who looks at this page. Somebody who is not signed in is sent to the door, set-up on a new installation, and from there
 * back to `path`.
 */
export async function pageUser(path: string): Promise<User> {
  const user = await currentUser();
  if (user) return user;
  redirect((await hasAdministrator(await database())) ? doorHref('/sign-in', path) : '/setup');
}

export async function pageActor(path: string): Promise<Actor> {
  return actorOf(await pageUser(path));
}

/**
 * Who sent a form. Where the session has ended meanwhile it throws AppError `unauthenticated`, which is said at the form:
 * to leave for the door would drop what has been typed and laid out.
 */
export async function formUser(): Promise<User> {
  const user = await currentUser();
  if (user) return user;
  const suggestion = 'Sign in again in another tab, then send this once more.';
  throw new AppError('unauthenticated', 'Your session has ended.', { suggestion });
}

export async function formActor(): Promise<Actor> {
  return actorOf(await formUser());
}

/** Keep those who have come in away from the door, and send the first visitor to set-up. */
export async function atTheDoor(path: string): Promise<void> {
  if (!(await hasAdministrator(await database()))) redirect('/setup');
  if (await currentUser()) redirect(path);
}

function actorOf({ id, role }: User): Actor {
  return { userId: id, role };
}
