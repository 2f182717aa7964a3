'use server';

import { AuthError } from 'next-auth';
import { signIn, signOut } from '#lib/auth/session';
import { AppError } from '#lib/core/errors';
import { answerForm } from '#app/form-state';
import type { FormState } from '#components/ui/form-state.ts';

export async function enter(_: FormState, data: FormData): Promise<FormState> {
  return answerForm(data, async () => {
    try {
      await signIn('credentials', {
        email: data.get('email'),
        password: data.get('password'),
        redirectTo: '/',
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
