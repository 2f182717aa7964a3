import Link from 'next/link';
import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';
import { NavLink } from './nav-link.tsx';

/** What every signed-in page stands in: the bar above, the page below. */
export function AppFrame({ menu, children }: { menu: ReactNode; children: ReactNode }) {
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-control bg-accent px-4 py-2 text-on-accent focus:translate-y-0"
      >
        Skip to the page
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-ground/85 backdrop-blur-md">
        <div className="mx-auto flex h-16 max-w-[90rem] items-center gap-5 px-4 sm:gap-8 sm:px-6 lg:px-10">
          <Link href="/" aria-label="Multiplane, Studio" className="flex items-center gap-2.5">
            <Mark />
            <span className="hidden text-head font-semibold sm:inline">Multiplane</span>
          </Link>
          <nav aria-label="Main" className="flex gap-4 sm:gap-6">
            <NavLink href="/">Studio</NavLink>
            <NavLink href="/jobs">Jobs</NavLink>
            <NavLink href="/batches">Batches</NavLink>
          </nav>
          <div className="ml-auto">{menu}</div>
        </div>
      </header>
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
