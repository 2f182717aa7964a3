import { useId } from 'react';
import { CopyButton } from '../ui/copy-button.tsx';
import { type CodeToken, tokensOf } from './code-tokens.ts';

const COLOURS: Record<CodeToken['kind'], string | undefined> = {
  plain: undefined,
  comment: 'text-faint',
  string: 'text-accent',
  keyword: 'text-faint',
  variable: 'text-warn',
};

/** An example, under the name of what it is written for, with a button that takes it along. */
export function CodePanel({ title, of, code }: { title: string; of: string; code: string }) {
  const id = useId();
  const label = `${of}: ${title}`;
  return (
    <figure className="overflow-hidden rounded-control bg-well">
      <figcaption className="flex items-center justify-between gap-3 pt-1.5 pr-1.5 pl-4">
        <span className="text-small text-faint">{title}</span>
        <CopyButton text={code} label={`Copy ${label}`} shownIn={id} look="quiet" />
      </figcaption>
      <pre
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways, so the keyboard must reach it
        tabIndex={0}
        aria-label={label}
        className="overflow-x-auto px-4 pt-1 pb-4 font-mono text-small leading-relaxed"
      >
        <code id={id}>
          {tokensOf(code).map(({ text, kind }, at) => (
            // A piece has no name but its place, which does not change.
            // oxlint-disable-next-line react/no-array-index-key
            <span key={at} className={COLOURS[kind]}>
              {text}
            </span>
          ))}
        </code>
      </pre>
    </figure>
  );
}
