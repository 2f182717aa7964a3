import Link from 'next/link';
import type { ReactNode } from 'react';
import { PersonIcon } from '../ui/icons.tsx';

/** Opens by the Popover API: no script of ours, Escape and a click outside close it. */
export function AccountMenu({
  email,
  appearance,
  signOut,
}: {
  email: string;
  appearance: ReactNode;
  signOut: () => Promise<void>;
}) {
  const item = 'w-full rounded-control px-3 py-2 text-left text-body hover:bg-ink/7';
  return (
    <>
      <button
        type="button"
        popoverTarget="account-menu"
        aria-label="Your account"
        className="grid size-10 place-items-center rounded-full text-soft ring-1 ring-line ring-inset hover:text-ink hover:ring-line-strong"
      >
        <PersonIcon />
      </button>
      <div
        id="account-menu"
        popover="auto"
        className="fixed inset-auto top-15 right-4 m-0 w-72 rounded-sheet bg-sheet p-2 text-ink shadow-float sm:right-6"
      >
        <p className="truncate px-3 pt-2 pb-3 text-small text-faint">{email}</p>
        <Link href="/account" className={`block ${item}`}>
          Account and API keys
        </Link>
        <Link href="/docs" className={`block ${item}`}>
          API reference
        </Link>
        <form action={signOut}>
          <button type="submit" className={item}>
            Sign out
          </button>
        </form>
        <div className="mt-2 flex items-center justify-between gap-3 border-t border-line px-3 pt-3 pb-1">
          <span className="text-small text-faint">Appearance</span>
          {appearance}
        </div>
      </div>
    </>
  );
}
