import type { Metadata } from 'next';
import Link from 'next/link';
import { CredentialsForm } from '#components/account/credentials-form';
import { EntryScreen } from '#components/shell/entry-screen';
import { settings } from '#lib/config/settings';
import { SHORTEST_PASSWORD } from '#lib/core/password-length';
import { atTheDoor } from '#app/page-user';
import { EMAIL_FIELD, NAME_FIELD, newPasswordField } from '#components/account/credential-fields.ts';
import { Appearance } from '#app/appearance.tsx';
import { type DoorProps, doorHref, returnPath } from '#app/return-path';
import { makeAccount } from './actions.ts';

export const metadata: Metadata = { title: 'Make an account' };

export default async function RegisterPage({ searchParams }: DoorProps) {
  const next = returnPath((await searchParams).next);
  await atTheDoor(next);
  const signIn = (
    <Link href={doorHref('/sign-in', next)} className="text-accent underline underline-offset-4">
      Sign in
    </Link>
  );
  if (!settings().registrationOpen) {
    return (
      <EntryScreen
        title="Registration is closed"
        intro="Accounts are made by the operator here. Ask them for one, then sign in."
        appearance={<Appearance />}
      >
        {signIn}
      </EntryScreen>
    );
  }
  return (
    <EntryScreen
      title="Make an account"
      intro="Your jobs and files are yours alone."
      appearance={<Appearance />}
      after={<>Have one already? {signIn}</>}
    >
      <CredentialsForm
        fields={[NAME_FIELD, EMAIL_FIELD, newPasswordField('password', 'Password', SHORTEST_PASSWORD)]}
        action={makeAccount.bind(null, next)}
        submitLabel="Make an account"
        pendingLabel="Making it"
      />
    </EntryScreen>
  );
}
