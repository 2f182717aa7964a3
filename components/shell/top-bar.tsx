import Link from 'next/link';
import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';

/** The bar above a page, with the way past it for who goes by keys. `width` is the class of the page’s own. */
export function TopBar({ width, children }: { width: string; children: ReactNode }) {
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-control bg-accent px-4 py-2 text-on-accent focus:translate-y-0"
      >
        Skip to the page
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-ground/85 backdrop-blur-md">
        <div className={`mx-auto flex h-16 ${width} items-center gap-5 px-4 sm:gap-8 sm:px-6 lg:px-10`}>
          <Link href="/" aria-label="Multiplane, Studio" className="flex items-center gap-2.5">
            <Mark />
            <span className="hidden text-head font-semibold sm:inline">Multiplane</span>
          </Link>
          {children}
        </div>
      </header>
    </>
  );
}
