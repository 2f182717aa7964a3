'use server';

import { redirect } from 'next/navigation';
import { createFirstAdministrator } from '#lib/auth/accounts';
import { signIn } from '#lib/auth/session';
import { systemClock } from '#lib/core/clock';
import { database } from '#lib/db/connection';
import { accountFrom } from '#app/(account)/account-from';
import { fileStore } from '#lib/media/storage';
import { submitSample } from '#lib/pipelines/sample';
import { answerForm } from '#app/form-state';
import type { FormState } from '../../../components/ui/form-state.ts';

/** The first administrator, and a sample job for them to see run. */
export async function setUp(_: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => {
    const db = await database();
    const account = accountFrom(data);
    const user = await createFirstAdministrator(db, account, systemClock());
    if (!user) redirect('/sign-in');
    await submitSample(db, fileStore(), { userId: user.id, role: user.role }, systemClock());
    await signIn('credentials', { email: account.email, password: account.password, redirectTo: '/' });
  });
}
