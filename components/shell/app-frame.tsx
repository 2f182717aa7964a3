import type { ReactNode } from 'react';
import { NavLink } from './nav-link.tsx';
import { TopBar } from './top-bar.tsx';

/** What every signed-in page stands in: the bar above, the page below. */
export function AppFrame({ menu, children }: { menu: ReactNode; children: ReactNode }) {
  return (
    <>
      <TopBar width="max-w-[90rem]">
        <nav aria-label="Main" className="flex gap-4 sm:gap-6">
          <NavLink href="/">Studio</NavLink>
          <NavLink href="/jobs">Jobs</NavLink>
          <NavLink href="/batches">Batches</NavLink>
        </nav>
        <div className="ml-auto">{menu}</div>
      </TopBar>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto max-w-[90rem] px-4 pt-6 pb-24 outline-none sm:px-6 lg:px-10 lg:pt-8"
      >
        {children}
      </main>
    </>
  );
}
