import { classNames } from './class-names.ts';

/** How far something is: `value` from 0 to 1. While it waits there is no saying. */
export function ProgressBar({
  value,
  label,
  waiting = false,
  className,
}: {
  value: number;
  label: string;
  waiting?: boolean;
  className?: string;
}) {
  const percent = Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={waiting ? undefined : percent}
      className={classNames('h-1 overflow-hidden rounded-full bg-ink/12', className)}
    >
      <div
        className={classNames(
          'h-full origin-left rounded-full bg-accent transition-transform duration-700 ease-glide',
          waiting && 'opacity-0',
        )}
        style={{ transform: `scaleX(${percent / 100})` }}
      />
    </div>
  );
}
