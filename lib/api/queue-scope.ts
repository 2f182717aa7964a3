import { z } from 'zod';
import { requireAdministrator } from '#lib/auth/policy';
import { type Caller, requireScope } from '#lib/auth/caller';

/** Whose queue a request is about. */
export const scopeQuery = z.strictObject({
  scope: z
    .enum(['mine', 'everyone'])
    .default('mine')
    .meta({ description: 'Whose queue; `everyone` is for administrators, and takes a key that has `admin`' }),
});

/** Whether a request is about everyone’s queue. Throws AppError `forbidden` where its caller may not ask that. */
export function isForEveryone({ scope }: z.output<typeof scopeQuery>, caller: Caller): boolean {
  if (scope === 'mine') return false;
  requireAdministrator(caller.actor);
  requireScope(caller, 'admin');
  return true;
}
