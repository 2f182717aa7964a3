import Link from 'next/link';
import type { ReactNode } from 'react';
import { TopBar } from '../shell/top-bar.tsx';

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
      <TopBar width="max-w-[100rem]">
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
      </TopBar>
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
