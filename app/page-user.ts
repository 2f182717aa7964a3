import { redirect } from 'next/navigation';
import { type User, hasAdministrator } from '#lib/auth/accounts';
import { currentUser } from '#lib/auth/current';
import type { Actor } from '#lib/core/actor';
import { database } from '#lib/db/connection';

/** Who looks at this page. Somebody who is not signed in is sent to the door: set-up on a new installation. */
export async function pageUser(): Promise<User> {
  const user = await currentUser();
  if (user) return user;
  redirect((await hasAdministrator(await database())) ? '/sign-in' : '/setup');
}

export async function pageActor(): Promise<Actor> {
  const { id, role } = await pageUser();
  return { userId: id, role };
}

/** Keep those who have come in away from the door, and send the first visitor to set-up. */
export async function atTheDoor(): Promise<void> {
  if (!(await hasAdministrator(await database()))) redirect('/setup');
  if (await currentUser()) redirect('/');
}
