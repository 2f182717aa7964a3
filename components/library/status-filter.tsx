import Link from 'next/link';
import { STATUS_LABELS } from '../job/job-status.tsx';
import { classNames } from '../ui/class-names.ts';

/** All jobs, or those in one state: links, so that a view has an address. */
export function StatusFilter({ current }: { current: string | null }) {
  const choices = [['', 'All'] as const, ...Object.entries(STATUS_LABELS)];
  return (
    <nav
      aria-label="Filter by state"
      className="-mx-4 flex w-[calc(100%+2rem)] gap-1 overflow-x-auto px-4 sm:mx-0 sm:w-auto sm:px-0"
    >
      {choices.map(([status, label]) => {
        const chosen = (current ?? '') === status;
        return (
          <Link
            key={status}
            href={status === '' ? '/jobs' : `/jobs?status=${status}`}
            aria-current={chosen ? 'page' : undefined}
            className={classNames(
              'flex min-h-9 items-center rounded-control px-3 text-small whitespace-nowrap',
              chosen ? 'bg-ink/10 text-ink' : 'text-soft hover:text-ink',
            )}
          >
            {label}
          </Link>
        );
      })}
    </nav>
  );
}
