import { useId } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';

/** Something secret that was just made, to be copied now. `what` is “key” or the like. */
export function ShownOnce({ what, text }: { what: string; text: string }) {
  const id = useId();
  return (
    <div role="status" className="grid gap-3 rounded-control bg-tint p-4">
      <p className="font-medium">Copy the {what} now. It is not shown again.</p>
      <div className="flex flex-wrap items-center gap-3">
        <code id={id} className="min-w-0 flex-1 font-mono text-small break-all">
          {text}
        </code>
        <CopyButton text={text} label={`Copy the ${what}`} shownIn={id} />
      </div>
    </div>
  );
}
