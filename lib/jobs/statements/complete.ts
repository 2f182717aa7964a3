import { and, type SQL, sql } from 'drizzle-orm';
import { type BoundStatement, draft, given, prepared } from '#lib/db/prepared';
import type { JobMetrics } from '#lib/db/schema/job-values';
import { jobOutputs, jobs } from '#lib/db/schema/jobs';
import { webhooks } from '#lib/db/schema/webhooks';
import { heldBy, type Lease } from '../lease.ts';
import type { JobOutput, JobStatus } from '../resource.ts';
import { endedAs } from './status-columns.ts';

/* The statements by which jobs are completed, any number of them in one. */

/** A job's result, under the lease it was made under. */
export interface Completion {
  lease: Lease;
  outputs: Omit<JobOutput, 'jobId'>[];
  metrics: JobMetrics;
  /** All that is to be said of the job, what was said when it was taken included. */
  warnings: string[];
}

/** What came of a completion; null where its lease was lost. */
type Answer = (lease: Lease) => JobStatus | null;

/** The statement that ends jobs as completed, those that are `among` them. */
function finishing(among?: SQL) {
  return prepared(
    draft
      .update(jobs)
      .set({
        ...endedAs('completed', given('now')),
        metrics: sql`done.value ->> 3`,
        warnings: sql`done.value ->> 4`,
        error: null,
      })
      .from(sql`json_each(${given('completions')}) AS done`)
      .where(
        and(
          heldBy({
            jobId: sql`done.value ->> 0`,
            workerId: sql`done.value ->> 1`,
            fence: sql`done.value ->> 2`,
          }),
          among,
        ),
      )
      .returning({ id: jobs.id, fence: jobs.fence, status: jobs.status }),
    (rows): Answer => {
      const became = new Map(rows.map((row) => [`${row[0]} ${row[1]}`, row[2] as JobStatus]));
      return ({ jobId, fence }) => became.get(`${jobId} ${fence}`) ?? null;
    },
  );
}

const FINISH = finishing();
const FINISH_UNTOLD = finishing(
  sql`NOT EXISTS (SELECT 1 FROM ${webhooks} WHERE webhooks.owner_id = ${jobs.ownerId} AND webhooks.disabled_at IS NULL)`,
);

export function finish(completions: readonly Completion[], now: number): BoundStatement<Answer> {
  return FINISH({ completions: textOf(completions), now });
}

/** The same for those jobs whose owners have no webhook to be told. */
export function finishUntold(completions: readonly Completion[], now: number): BoundStatement<Answer> {
  return FINISH_UNTOLD({ completions: textOf(completions), now });
}

function textOf(completions: readonly Completion[]): string {
  const rows = completions.map(({ lease, metrics, warnings }) => [
    lease.jobId,
    lease.workerId,
    lease.fence,
    metrics,
    warnings,
  ]);
  return JSON.stringify(rows);
}

const PUBLISH = prepared(
  sql`
    INSERT OR IGNORE INTO ${jobOutputs}
      (job_id, name, position, role, content_type, size_bytes, sha256, width, height, file_key)
    SELECT jobs.id, value ->> 'name', value ->> 'position', value ->> 'role', value ->> 'contentType',
      value ->> 'sizeBytes', value ->> 'sha256', value ->> 'width', value ->> 'height', value ->> 'fileKey'
    FROM json_each(${given('outputs')}) JOIN ${jobs} ON jobs.id = value ->> 'jobId' AND jobs.fence = value ->> 'fence'
    WHERE jobs.status = 'completed'`,
  () => undefined,
);

/** The statement that makes the outputs of what has been completed known; none where there are none. */
export function publish(completions: readonly Completion[]): BoundStatement<undefined>[] {
  const outputs = completions.flatMap(({ lease: { jobId, fence }, outputs }) =>
    outputs.map((output) => ({ jobId, fence, ...output })),
  );
  return outputs.length === 0 ? [] : [PUBLISH({ outputs: JSON.stringify(outputs) })];
}
