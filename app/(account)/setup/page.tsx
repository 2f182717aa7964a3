import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { CredentialsForm } from '#components/account/credentials-form';
import { EntryScreen } from '#components/shell/entry-screen';
import { hasAdministrator } from '#lib/auth/accounts';
import { SHORTEST_PASSWORD } from '#lib/core/password-length';
import { database } from '#lib/db/connection';
import { EMAIL_FIELD, NAME_FIELD, newPasswordField } from '#components/account/credential-fields.ts';
import { Appearance } from '#app/appearance.tsx';
import { setUp } from './actions.ts';

export const metadata: Metadata = { title: 'Set up' };

export default async function SetupPage() {
  if (await hasAdministrator(await database())) redirect('/sign-in');
  return (
    <EntryScreen
      title="Make the first account"
      intro="Multiplane is running. The first account administers it; this page is shown this once."
      appearance={<Appearance />}
    >
      <CredentialsForm
        fields={[NAME_FIELD, EMAIL_FIELD, newPasswordField('password', 'Password', SHORTEST_PASSWORD)]}
        action={setUp}
        submitLabel="Make the account"
        pendingLabel="Making it"
      />
    </EntryScreen>
  );
}
