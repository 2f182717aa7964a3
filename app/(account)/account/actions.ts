'use server';

import { revalidatePath } from 'next/cache';
import { changePassword as change } from '#lib/auth/accounts';
import { createApiKey, revokeApiKey } from '#lib/auth/api-keys';
import { signIn } from '#lib/auth/session';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { answerForm } from '#app/form-state';
import { formActor, formUser, pageActor } from '#app/page-user';
import type { ApiKeyFormState } from '#components/account/api-keys';
import type { FormState } from '#components/ui/form-state.ts';

const PASSWORD_CHANGED = '/account?password=changed';

/** Every session ends with the old password, so this one is begun anew. */
export async function changePassword(_: FormState, data: FormData): Promise<FormState> {
  const next = String(data.get('new_password') ?? '');
  return answerForm(data, async () => {
    const { id, role, email } = await formUser();
    const current = String(data.get('current_password') ?? '');
    await change(await database(), { userId: id, role }, { current, next });
    await signIn('credentials', { email, password: next, redirectTo: PASSWORD_CHANGED });
  });
}

export async function createKey(_: ApiKeyFormState, data: FormData): Promise<ApiKeyFormState> {
  let key: string | null = null;
  const state = await answerForm(data, async () => {
    const { userId } = await formActor();
    ({ key } = await createApiKey(await database(), userId, String(data.get('name') ?? ''), systemClock()));
    revalidatePath('/account');
  });
  return { ...state, key };
}

export async function revokeKey(data: FormData): Promise<void> {
  const actor = await pageActor('/account');
  await revokeApiKey(await database(), actor, String(data.get('id')), systemClock());
  revalidatePath('/account');
}
