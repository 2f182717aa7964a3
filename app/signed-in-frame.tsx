import type { ReactNode } from 'react';
import { AccountMenu } from '#components/shell/account-menu';
import { AppFrame } from '#components/shell/app-frame';
import { leave } from '#app/(account)/sign-in/actions';
import { currentUser } from '#lib/auth/current';
import { Appearance } from './appearance.tsx';

/**
 * The frame of every page for which one has to be signed in. Where nobody is, it is left to the page in it to send them to
 * the door, since a frame does not know which page they asked for.
 */
export async function SignedInFrame({ children }: { children: ReactNode }) {
  const user = await currentUser();
  if (!user) return children;
  return (
    <AppFrame menu={<AccountMenu email={user.email} appearance={<Appearance />} signOut={leave} />}>
      {children}
    </AppFrame>
  );
}
