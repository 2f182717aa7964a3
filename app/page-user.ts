import { redirect } from 'next/navigation';
import { limitForm, limitRequest } from '#lib/api/limits';
import { type User, hasAdministrator } from '#lib/auth/accounts';
import { actorOf } from '#lib/auth/actor';
import { inPerson } from '#lib/auth/caller';
import { currentUser } from '#lib/auth/current';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
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

/** The same of who presses a button that is no form to fill in, which counts as a change of theirs. Throws `rate_limited`. */
export async function buttonActor(path: string): Promise<Actor> {
  const user = await pageUser(path);
  await limitForm(await database(), user.id, systemClock());
  return actorOf(user);
}

/**
 * Who sent a form, which counts as a change of theirs. Where the session has ended meanwhile it throws AppError
 * `unauthenticated`, which is said at the form: to leave for the door would drop what has been typed and laid out.
 * Throws `rate_limited` likewise.
 */
export async function formUser(): Promise<User> {
  const user = await senderOfForm();
  await limitForm(await database(), user.id, systemClock());
  return user;
}

async function senderOfForm(): Promise<User> {
  const user = await currentUser();
  if (user) return user;
  const suggestion = 'Sign in again in another tab, then send this once more.';
  throw new AppError('unauthenticated', 'Your session has ended.', { suggestion });
}

export async function formActor(): Promise<Actor> {
  return actorOf(await formUser());
}

/** The same of one more picture for an open batch, which was counted as a whole: it would use up an hour's changes. */
export async function batchFormActor(): Promise<Actor> {
  return actorOf(await senderOfForm());
}

/** The same of who has a prompt made better, which has a budget of its own. */
export async function promptFormActor(): Promise<Actor> {
  const actor = actorOf(await senderOfForm());
  await limitRequest(await database(), 'enhance', inPerson(actor), new Headers(), systemClock());
  return actor;
}

/** Keep those who have come in away from the door, and send the first visitor to set-up. */
export async function atTheDoor(path: string): Promise<void> {
  if (!(await hasAdministrator(await database()))) redirect('/setup');
  if (await currentUser()) redirect(path);
}
