import { requireAdministrator } from '#lib/auth/policy';
import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';

const SCOPES = ['mine', 'everyone'] as const;

/**
 * Whose queue a request is about: `?scope=everyone` is for administrators, `mine` goes without saying. Throws AppError
 * `forbidden` or `validation_failed`.
 */
export function queueScope(request: Request, actor: Actor): (typeof SCOPES)[number] {
  const given = new URL(request.url).searchParams.get('scope') ?? 'mine';
  const scope = SCOPES.find((known) => known === given);
  if (!scope) {
    const message = 'There is no such scope.';
    const fields = [{ pointer: '/scope', code: 'unknown', message, allowed: SCOPES }];
    throw new AppError('validation_failed', message, { fields });
  }
  if (scope === 'everyone') requireAdministrator(actor);
  return scope;
}
