import type { ReactNode } from 'react';
import { classNames } from './class-names.ts';
import { AlertIcon, CheckIcon } from './icons.tsx';

const TONES = {
  danger: 'bg-danger-tint text-danger',
  warn: 'bg-warn-tint text-warn',
  good: 'bg-tint text-accent-strong',
};

/** A sentence that matters: what happened, and below it what to do. */
export function Notice({
  tone,
  title,
  children,
}: {
  tone: keyof typeof TONES;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div
      role={tone === 'danger' ? 'alert' : 'status'}
      className={classNames('flex gap-3 rounded-control p-3.5 text-body', TONES[tone])}
    >
      {tone === 'good' ? (
        <CheckIcon className="mt-0.5 size-5 shrink-0" />
      ) : (
        <AlertIcon className="mt-0.5 size-5 shrink-0" />
      )}
      <div className="grid min-w-0 gap-1">
        <p className="font-medium break-words">{title}</p>
        {children && <div className="text-ink">{children}</div>}
      </div>
    </div>
  );
}
