import { requireAdministrator } from '#lib/auth/policy';
import type { Actor } from '#lib/core/actor';
import { checkRepeated } from '#lib/pipelines/submission/check-names';
import { fieldError, refuse } from '#lib/pipelines/submission/field-errors';

const FIELD = 'scope';
const SCOPES = ['mine', 'everyone'] as const;

/**
 * Whose queue a request is about: `?scope=everyone` is for administrators, `mine` goes without saying. Throws AppError
 * `forbidden` or `validation_failed`.
 */
export function queueScope(request: Request, actor: Actor): (typeof SCOPES)[number] {
  const [given = 'mine', another] = new URL(request.url).searchParams.getAll('scope');
  if (another !== undefined) throw refuse(checkRepeated([FIELD, FIELD]));
  const scope = SCOPES.find((known) => known === given);
  if (!scope) {
    throw refuse([fieldError(FIELD, 'unknown', 'There is no such scope.', SCOPES)]);
  }
  if (scope === 'everyone') requireAdministrator(actor);
  return scope;
}
