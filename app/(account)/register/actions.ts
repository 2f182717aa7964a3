'use server';

import { register } from '#lib/auth/accounts';
import { signIn } from '#lib/auth/session';
import { settings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { accountFrom } from '#app/(account)/account-from';
import { answerForm } from '#app/form-state';
import type { FormState } from '#components/ui/form-state.ts';

export async function makeAccount(_: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => {
    const account = accountFrom(data);
    await register(await database(), account, settings(), systemClock());
    await signIn('credentials', { email: account.email, password: account.password, redirectTo: '/' });
  });
}
