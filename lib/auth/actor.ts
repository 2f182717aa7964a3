import type { Actor } from '#lib/core/actor';
import type { User } from './accounts.ts';

/** Somebody with an account, as who is asking. Only for whoever has made sure that it is they. */
export function actorOf({ id, role }: Pick<User, 'id' | 'role'>): Actor {
  return { userId: id, role } as Actor;
}
