import type { UsageResource } from '#lib/api/resources/usage';
import { classNames } from '../ui/class-names.ts';
import { ProgressBar } from '../ui/progress-bar.tsx';
import { formatBytes, formatDuration } from '../ui/quantities.ts';

type Quota = UsageResource['quotas']['pending_jobs'];

/** What somebody has used, and what is left to them. */
export function Usage({ usage }: { usage: UsageResource }) {
  const { quotas, requests, this_month: month } = usage;
  return (
    <div className="grid gap-8">
      <dl className="grid gap-5 sm:grid-cols-2">
        <Meter label="Jobs waiting" quota={quotas.pending_jobs} say={String} />
        <Meter label="Jobs today" quota={quotas.jobs_a_day} say={String} />
        <Meter label="Pictures and results" quota={quotas.stored_bytes} say={formatBytes} />
        {requests.filter(isOfChanges).map((budget) => (
          <Meter
            key={budget.budget}
            label="Changes this hour"
            quota={{ ...budget, used: budget.limit - budget.left }}
            say={String}
          />
        ))}
      </dl>
      <div>
        <Days days={usage.days} />
        {month.completed > 0 && (
          <p className="mt-3 text-small text-soft">
            {month.completed} done this month, {formatDuration(month.compute_seconds * 1000)} of computing.
          </p>
        )}
      </div>
    </div>
  );
}

function isOfChanges({ budget }: UsageResource['requests'][number]): boolean {
  return budget === 'web-hour';
}

function Meter({ label, quota, say }: { label: string; quota: Quota; say: (amount: number) => string }) {
  const { used, limit } = quota;
  return (
    <div className="grid content-start gap-2">
      <div className="flex items-baseline justify-between gap-4">
        <dt>{label}</dt>
        <dd className="text-small text-soft tabular-nums">
          {limit === null ? say(used) : `${say(used)} of ${say(limit)}`}
        </dd>
      </div>
      {limit !== null && <ProgressBar value={used / limit} label={`${label}, used up`} />}
    </div>
  );
}

/** How many jobs ended on each of the last days, as bars. */
function Days({ days }: { days: UsageResource['days'] }) {
  const counts = days.map(({ completed, failed, cancelled }) => completed + failed + cancelled);
  const most = Math.max(1, ...counts);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) return <p className="text-small text-soft">No jobs in the last {days.length} days.</p>;
  return (
    <figure>
      <figcaption className="text-small text-soft">
        {total} {total === 1 ? 'job' : 'jobs'} in the last {days.length} days
      </figcaption>
      <div aria-hidden className="mt-3 flex h-16 items-end gap-0.5">
        {days.map(({ date }, at) => (
          <div
            key={date}
            title={`${date}: ${counts[at]}`}
            className={classNames(
              'min-h-px flex-1 rounded-t-sm',
              counts[at] === 0 ? 'bg-ink/12' : 'bg-accent',
            )}
            style={{ height: `${(100 * counts[at]!) / most}%` }}
          />
        ))}
      </div>
    </figure>
  );
}
