import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import type { Scope } from './scopes.ts';

/** Who makes a request, once they are known: by the dashboard's session, or by a key that allows some things. */
export interface Caller {
  actor: Actor;
  via: { session: true } | KeyUse;
}

/** A key that speaks for its owner. */
export interface KeyUse {
  keyId: string;
  scopes: readonly Scope[];
  /** How many requests that change something it has of its own; null as many as any key. */
  limits: { hourly: number | null; daily: number | null };
}

/** Somebody who is there themselves: signed in at the dashboard, or at the command line of the machine. */
export function inPerson(actor: Actor): Caller {
  return { actor, via: { session: true } };
}

/** Id of the key that is used; undefined for somebody in person. */
export function keyIdOf({ via }: Caller): string | undefined {
  return 'keyId' in via ? via.keyId : undefined;
}

/** Throws AppError `forbidden` where the caller's key does not allow this. */
export function requireScope({ via }: Caller, scope: Scope | 'session'): void {
  if ('session' in via) return;
  if (scope === 'session') {
    throw new AppError('forbidden', 'This is done at the dashboard, not with an API key.');
  }
  if (via.scopes.includes(scope)) return;
  throw new AppError('forbidden', `This API key does not allow ${scope}.`, {
    suggestion: `Use a key that has the scope ${scope}.`,
  });
}

/** Nobody hands on what they do not have. Throws AppError `forbidden`. */
export function requireScopes(caller: Caller, scopes: readonly Scope[]): void {
  for (const scope of scopes) requireScope(caller, scope);
}
