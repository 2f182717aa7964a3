import type { Metadata } from 'next';
import Link from 'next/link';
import { CredentialsForm } from '#components/account/credentials-form';
import { EntryScreen } from '#components/shell/entry-screen';
import { settings } from '#lib/config/settings';
import { atTheDoor } from '#app/page-user';
import { EMAIL_FIELD, PASSWORD_FIELD } from '#components/account/credential-fields.ts';
import { Appearance } from '#app/appearance.tsx';
import { type DoorProps, doorHref, returnPath } from '#app/return-path';
import { enter } from './actions.ts';

export const metadata: Metadata = { title: 'Sign in' };

export default async function SignInPage({ searchParams }: DoorProps) {
  const next = returnPath((await searchParams).next);
  await atTheDoor(next);
  const register = (
    <>
      New here?{' '}
      <Link href={doorHref('/register', next)} className="text-accent underline underline-offset-4">
        Make an account
      </Link>
    </>
  );
  return (
    <EntryScreen
      title="Sign in"
      intro="Your jobs went on while you were away."
      appearance={<Appearance />}
      after={settings().registrationOpen ? register : 'Accounts are made by the operator here.'}
    >
      <CredentialsForm
        fields={[EMAIL_FIELD, PASSWORD_FIELD]}
        action={enter.bind(null, next)}
        submitLabel="Sign in"
        pendingLabel="Signing in"
      />
    </EntryScreen>
  );
}
