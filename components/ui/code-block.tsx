import { useId } from 'react';
import { CopyButton } from './copy-button.tsx';

/** Something to type elsewhere, with a button that takes it along. */
export function CodeBlock({ code, label }: { code: string; label: string }) {
  const id = useId();
  return (
    <div className="grid gap-3 rounded-control bg-well p-4">
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways, so the keyboard must reach it */}
      <pre tabIndex={0} aria-label={label} className="overflow-x-auto font-mono text-small leading-relaxed">
        <code id={id}>{code}</code>
      </pre>
      <div>
        <CopyButton text={code} label={`Copy: ${label}`} shownIn={id} />
      </div>
    </div>
  );
}
