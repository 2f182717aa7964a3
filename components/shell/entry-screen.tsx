import type { ReactNode } from 'react';
import { Mark } from './mark.tsx';
import { StandingSheets } from './standing-sheets.tsx';

/** The door: who you are on the left, what lies behind it on the right. */
export function EntryScreen({
  title,
  intro,
  appearance,
  children,
  after,
}: {
  title: string;
  intro: string;
  appearance: ReactNode;
  children: ReactNode;
  after?: ReactNode;
}) {
  return (
    <div className="grid min-h-dvh lg:grid-cols-[minmax(28rem,5fr)_7fr]">
      <div className="flex flex-col bg-sheet px-6 py-8 sm:px-12 lg:shadow-sheet">
        <header className="flex items-center gap-2.5">
          <Mark />
          <span className="text-head font-semibold">Multiplane</span>
        </header>
        <main className="mx-auto my-auto w-full max-w-sm py-12">
          <h1 className="text-title">{title}</h1>
          <p className="mt-2 mb-8 text-soft">{intro}</p>
          {children}
          {after && <p className="mt-6 text-soft">{after}</p>}
        </main>
        <footer>{appearance}</footer>
      </div>
      <aside className="hidden flex-col justify-center gap-10 px-16 lg:flex">
        <StandingSheets className="w-full max-w-2xl" />
        <p className="max-w-xl text-display text-balance">Photos taken apart, sheet by sheet.</p>
      </aside>
    </div>
  );
}
