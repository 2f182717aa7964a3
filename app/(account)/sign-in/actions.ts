'use server';

import { AuthError } from 'next-auth';
import { headers } from 'next/headers';
import { limitSignIn } from '#lib/api/limits';
import { signIn, signOut } from '#lib/auth/session';
import { systemClock } from '#lib/core/clock';
import { AppError } from '#lib/core/errors';
import { database } from '#lib/db/connection';
import { answerForm } from '#app/form-state';
import { returnPath } from '#app/return-path';
import type { FormState } from '#components/ui/form-state.ts';

/** `next` is the path that they were on the way to; it came with the form, so it may be anything. */
export async function enter(next: unknown, _: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => {
    await limitSignIn(await database(), await headers(), systemClock());
    try {
      await signIn('credentials', {
        email: data.get('email'),
        password: data.get('password'),
        redirectTo: returnPath(next),
      });
    } catch (error) {
      if (error instanceof AuthError) throw wrongCredentials(error);
      throw error;
    }
  });
}

export async function leave(): Promise<void> {
  await signOut({ redirectTo: '/sign-in' });
}

function wrongCredentials(cause: AuthError): AppError {
  const suggestion = 'Check both and try again.';
  return new AppError('unauthenticated', 'The email and password do not match an account.', {
    suggestion,
    cause,
  });
}
