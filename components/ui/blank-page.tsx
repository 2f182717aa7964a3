import type { ReactNode } from 'react';

/** A page with nothing to show but why, and where to go from there. */
export function BlankPage({ title, body, children }: { title: string; body: string; children: ReactNode }) {
  return (
    <div className="grid min-h-[60vh] content-center justify-items-start gap-4 py-12">
      <h1 className="max-w-2xl text-display">{title}</h1>
      <p className="max-w-lg text-soft">{body}</p>
      <div className="mt-4 flex flex-wrap gap-2">{children}</div>
    </div>
  );
}
