import type { ReactNode } from 'react';
import { CodePanel } from './code-panel.tsx';
import type { ExampleView } from './reference-view.ts';

/** Words, and beside them, where there is room, how it is done. */
export function Beside({
  of,
  examples,
  children,
}: {
  /** What the examples are of. */
  of: string;
  examples: readonly ExampleView[];
  children: ReactNode;
}) {
  return (
    <div className="grid gap-8 xl:grid-cols-[minmax(0,1fr)_minmax(0,34rem)] xl:gap-12">
      <div className="grid min-w-0 content-start gap-8">{children}</div>
      {examples.length > 0 && (
        <div className="grid min-w-0 content-start gap-4 self-start xl:sticky xl:top-22">
          {examples.map(({ title, code }) => (
            <CodePanel key={title} title={title} of={of} code={code} />
          ))}
        </div>
      )}
    </div>
  );
}
