'use server';

import { headers } from 'next/headers';
import { limitSignIn } from '#lib/api/limits';
import { register } from '#lib/auth/accounts';
import { actorOf } from '#lib/auth/actor';
import { recordAction } from '#lib/auth/audit-page';
import { signIn } from '#lib/auth/session';
import { settings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { accountFrom } from '#app/(account)/account-from';
import { answerForm } from '#app/form-state';
import { returnPath } from '#app/return-path';
import type { FormState } from '#components/ui/form-state.ts';

/** `next` is the path that they were on the way to; it came with the form, so it may be anything. */
export async function makeAccount(next: unknown, _: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => {
    await limitSignIn(await database(), await headers(), systemClock());
    const account = accountFrom(data);
    const user = await register(await database(), account, settings(), systemClock());
    await recordAction(actorOf(user), { action: 'account.created', subject: user.email });
    const { email, password } = account;
    await signIn('credentials', { email, password, redirectTo: returnPath(next) });
  });
}
