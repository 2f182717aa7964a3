import type { Metadata } from 'next';
import { headers } from 'next/headers';
import type { ReactNode } from 'react';
import { ApiKeys } from '#components/account/api-keys';
import { CredentialsForm } from '#components/account/credentials-form';
import { Usage } from '#components/account/usage';
import { CodeBlock } from '#components/ui/code-block';
import { usageOf } from '#lib/api/usage';
import { actorOf } from '#lib/auth/actor';
import { inPerson } from '#lib/auth/caller';
import { unrevokedApiKeys } from '#lib/auth/api-keys';
import { systemClock } from '#lib/core/clock';
import { SHORTEST_PASSWORD } from '#lib/core/password-length';
import { database } from '#lib/db/connection';
import { pageUser } from '#app/page-user';
import { newPasswordField, PASSWORD_FIELD } from '#components/account/credential-fields.ts';
import { SignedInFrame } from '#app/signed-in-frame.tsx';
import { changePassword, makeKey, revokeKey } from './actions.ts';
import { OwnWebhooks } from './own-webhooks.tsx';
import { viewApiKeys } from './view-api-keys.ts';

export const metadata: Metadata = { title: 'Account' };

interface AccountPageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function AccountPage({ searchParams }: AccountPageProps) {
  const { password } = await searchParams;
  const user = await pageUser('/account');
  const { role, name, email } = user;
  const keys = await unrevokedApiKeys(await database(), actorOf(user));
  return (
    <SignedInFrame>
      <h1 className="text-title">{name}</h1>
      <p className="mt-1 text-soft">
        {email}
        {role === 'admin' && ', administrator'}
      </p>
      <div className="mt-10 grid gap-12 lg:max-w-5xl">
        <Section title="API keys" note="A key lets a program do what you let it.">
          <ApiKeys keys={viewApiKeys(keys, systemClock())} make={makeKey} revoke={revokeKey} />
        </Section>
        <Section title="Webhooks" note="A webhook tells a program of yours how a job ended.">
          <OwnWebhooks actor={actorOf(user)} />
        </Section>
        <Section title="Usage" note="What you have used, and what is left to you.">
          <Usage usage={await usageOf(await database(), inPerson(actorOf(user)), systemClock())} />
        </Section>
        <Section title="From the command line" note="Put your key and your photo in, and run it.">
          <CodeBlock label="Queue a job with curl" code={curlExample(await origin())} />
        </Section>
        <Section title="Password" note="Changing it signs you out everywhere but here.">
          <div className="max-w-sm">
            <CredentialsForm
              fields={[
                { ...PASSWORD_FIELD, name: 'current_password', label: 'Current password' },
                newPasswordField('new_password', 'New password', SHORTEST_PASSWORD),
              ]}
              action={changePassword}
              submitLabel="Change password"
              pendingLabel="Changing"
              notice={password === 'changed' ? 'Your password is changed.' : undefined}
            />
          </div>
        </Section>
      </div>
    </SignedInFrame>
  );
}

function Section({ title, note, children }: { title: string; note: string; children: ReactNode }) {
  return (
    <section className="grid gap-5 border-t border-line pt-6 lg:grid-cols-[16rem_minmax(0,1fr)] lg:gap-10">
      <div>
        <h2 className="text-head font-semibold">{title}</h2>
        <p className="mt-1 text-small text-soft">{note}</p>
      </div>
      {children}
    </section>
  );
}

function curlExample(origin: string): string {
  return [
    `curl ${origin}/api/v1/generate \\`,
    `  -H 'X-API-Key: YOUR_KEY' \\`,
    `  -F pipeline=photo-realistic \\`,
    `  -F num_layers=4 \\`,
    `  -F image=@photo.jpg`,
  ].join('\n');
}

async function origin(): Promise<string> {
  const given = await headers();
  const host = given.get('x-forwarded-host') ?? given.get('host') ?? 'localhost:3000';
  return `${given.get('x-forwarded-proto') ?? 'http'}://${host}`;
}
