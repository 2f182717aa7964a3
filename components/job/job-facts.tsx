import type { ReactNode } from 'react';
import type { JobResource } from '#lib/jobs/resource';
import { isLongText, labelOf, optionLabel, type ParamSchema } from '../compose/param-schema.ts';
import { formatBytes } from '../ui/quantities.ts';
import { RelativeTime } from '../ui/relative-time.tsx';

/** What was asked for and how it was done. */
export function JobFacts({ job, params }: { job: JobResource; params: Record<string, ParamSchema> }) {
  return (
    <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-small">
      {Object.entries(job.params).map(([name, value]) => (
        <Fact key={name} name={labelOf(name, params[name])} isLong={params[name] && isLongText(params[name])}>
          {inWords(value, params[name])}
        </Fact>
      ))}
      <Fact name="Model">{job.model === 'auto' ? 'Best one present' : job.model}</Fact>
      {job.metrics && <Fact name="Device">{job.metrics.device}</Fact>}
      {job.metrics?.peak_memory_bytes && (
        <Fact name="Peak memory">{formatBytes(job.metrics.peak_memory_bytes)}</Fact>
      )}
      <Fact name="Attempt">{job.attempt === 0 ? 'None yet' : `${job.attempt} of ${job.max_attempts}`}</Fact>
      <Fact name="Queued">
        <RelativeTime at={job.created_at} />
      </Fact>
      <Fact name="Job">
        <span className="font-mono text-[0.9em] break-all">{job.id}</span>
      </Fact>
    </dl>
  );
}

function inWords(value: unknown, schema: ParamSchema | undefined): string {
  if (typeof value === 'boolean') return value ? 'Yes' : 'No';
  return schema?.enum ? optionLabel(schema, String(value)) : String(value);
}

/** A name and what stands beside it, or below it where that is long. */
function Fact({ name, isLong = false, children }: { name: string; isLong?: boolean; children: ReactNode }) {
  if (isLong) {
    return (
      <>
        <dt className="col-span-full text-faint">{name}</dt>
        <dd className="col-span-full mb-1 break-words whitespace-pre-wrap">{children}</dd>
      </>
    );
  }
  return (
    <>
      <dt className="text-faint">{name}</dt>
      <dd className="text-right">{children}</dd>
    </>
  );
}
