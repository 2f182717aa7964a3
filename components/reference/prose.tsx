import { Fragment } from 'react';

/** A paragraph in which `what stands between backticks` is code. */
export function Prose({ text, className }: { text: string; className?: string }) {
  return (
    <p className={className}>
      <Inline text={text} />
    </p>
  );
}

/** The same without a paragraph around it. */
export function Inline({ text }: { text: string }) {
  return text.split('`').map((part, at) => {
    const isCode = at % 2 === 1;
    // A part has no name but its place, which does not change.
    // oxlint-disable-next-line react/no-array-index-key
    return <Fragment key={at}>{isCode ? <Code text={part} /> : part}</Fragment>;
  });
}

function Code({ text }: { text: string }) {
  return <code className="rounded-[0.25rem] bg-ink/7 px-1 py-px font-mono text-[0.85em]">{text}</code>;
}
