'use server';

import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { limitSignIn } from '#lib/api/limits';
import { createFirstAdministrator } from '#lib/auth/accounts';
import { actorOf } from '#lib/auth/actor';
import { recordAction } from '#lib/auth/audit-page';
import { signIn } from '#lib/auth/session';
import { webLog } from '#lib/config/web-log';
import type { Actor } from '#lib/core/actor';
import { systemClock } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { accountFrom } from '#app/(account)/account-from';
import { fileStore } from '#lib/media/store/storage';
import { submitSample } from '#lib/pipelines/sample';
import { answerForm } from '#app/form-state';
import type { FormState } from '#components/ui/form-state.ts';

/** The first administrator, and a sample job for them to see run. */
export async function setUp(_: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => {
    const db = await database();
    await limitSignIn(db, await headers(), systemClock());
    const account = accountFrom(data);
    const user = await createFirstAdministrator(db, account, systemClock());
    if (!user) redirect('/sign-in');
    const actor = actorOf(user);
    await recordAction(actor, { action: 'account.created', subject: user.email, details: { role: 'admin' } });
    await queueSample(db, actor);
    await signIn('credentials', { email: account.email, password: account.password, redirectTo: '/' });
  });
}

/** A courtesy: without it the studio is just as well set up. */
async function queueSample(db: Database, actor: Actor): Promise<void> {
  try {
    await submitSample(db, fileStore(), actor, systemClock());
  } catch (error) {
    webLog().warn({ err: error }, 'The sample job could not be queued');
  }
}
