import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';

/** Throws AppError `forbidden` for anyone but an administrator. */
export function requireAdministrator(actor: Actor): void {
  if (actor.role !== 'admin') throw new AppError('forbidden', 'Only an administrator may do this.');
}
