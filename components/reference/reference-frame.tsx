import Link from 'next/link';
import type { ReactNode } from 'react';
import { Mark } from '../shell/mark.tsx';

/** What every page of the reference stands in: the bar above, what there is to read beside it. It needs no script. */
export function ReferenceFrame({
  contents,
  appearance,
  children,
}: {
  contents: ReactNode;
  appearance: ReactNode;
  children: ReactNode;
}) {
  return (
    <>
      <a
        href="#main"
        className="fixed top-2 left-2 z-50 -translate-y-20 rounded-control bg-accent px-4 py-2 text-on-accent focus:translate-y-0"
      >
        Skip to the page
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-ground/85 backdrop-blur-md">
        <div className="mx-auto flex h-16 max-w-[100rem] items-center gap-5 px-4 sm:gap-8 sm:px-6 lg:px-10">
          <Link href="/" aria-label="Multiplane, Studio" className="flex items-center gap-2.5">
            <Mark />
            <span className="hidden text-head font-semibold sm:inline">Multiplane</span>
          </Link>
          <Link href="/docs" prefetch={false} className="text-body text-ink">
            API reference
          </Link>
          {/* oxlint-disable-next-line nextjs/no-html-link-for-pages -- a document, and no page */}
          <a
            href="/openapi.json"
            className="ml-auto text-small text-soft underline-offset-4 hover:text-ink hover:underline"
          >
            openapi.json
          </a>
          <div className="hidden sm:block">{appearance}</div>
        </div>
      </header>
      <div className="mx-auto max-w-[100rem] px-4 sm:px-6 lg:grid lg:grid-cols-[17rem_minmax(0,1fr)] lg:gap-12 lg:px-10">
        <details className="mt-4 rounded-sheet bg-sheet p-3 shadow-sheet lg:hidden">
          <summary className="px-3 py-1 text-small font-medium">Contents</summary>
          <nav aria-label="Contents" className="mt-2">
            {contents}
          </nav>
        </details>
        <nav
          aria-label="Contents"
          className="sticky top-16 hidden max-h-[calc(100dvh-4rem)] self-start overflow-y-auto py-8 pr-2 lg:block"
        >
          {contents}
        </nav>
        <main id="main" tabIndex={-1} className="min-w-0 pt-6 pb-24 outline-none lg:pt-8">
          {children}
        </main>
      </div>
    </>
  );
}
