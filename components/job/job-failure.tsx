import type { JobError } from '#lib/db/schema/job-values';
import { Notice } from '../ui/notice.tsx';
import type { StageInfo } from './stage-list.tsx';

/** What went wrong, where, and what to do about it. */
export function JobFailure({ error, stages }: { error: JobError; stages: readonly StageInfo[] }) {
  const stage = stages.find(({ name }) => name === error.stage);
  return (
    <Notice tone="danger" title={error.message}>
      {stage && <p className="text-soft">It stopped at “{stage.label}”. The stages before it are kept.</p>}
      {error.suggestions.length > 0 && (
        <ul className="mt-2 grid list-disc gap-1 pl-5">
          {error.suggestions.map((suggestion) => (
            <li key={suggestion}>{suggestion}</li>
          ))}
        </ul>
      )}
    </Notice>
  );
}
