import { classNames } from '../ui/class-names.ts';

const TONES: Record<string, string> = {
  GET: 'bg-ink/8 text-soft',
  POST: 'bg-tint text-accent-strong',
  PUT: 'bg-warn-tint text-warn',
  PATCH: 'bg-warn-tint text-warn',
  DELETE: 'bg-danger-tint text-danger',
};

/** The verb of an address: what reads is quiet, what takes away is not. */
export function MethodBadge({ method, className }: { method: string; className?: string }) {
  return (
    <span
      className={classNames(
        'inline-block rounded-[0.25rem] px-1.5 py-0.5 font-mono text-[0.6875rem] leading-4 font-semibold tracking-wide',
        TONES[method] ?? TONES['GET'],
        className,
      )}
    >
      {method}
    </span>
  );
}
