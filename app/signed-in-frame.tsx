import type { ReactNode } from 'react';
import { AccountMenu } from '#components/shell/account-menu';
import { AppFrame } from '#components/shell/app-frame';
import { leave } from '#app/(account)/sign-in/actions';
import { pageUser } from '#app/page-user';
import { Appearance } from './appearance.tsx';

/** The frame of every page for which one has to be signed in. */
export async function SignedInFrame({ children }: { children: ReactNode }) {
  const { email } = await pageUser();
  return (
    <AppFrame menu={<AccountMenu email={email} appearance={<Appearance />} signOut={leave} />}>
      {children}
    </AppFrame>
  );
}
