import type { Job } from '#lib/jobs/resource';
import type { Evidence } from './examine.ts';
import type { SentJob } from './requests.ts';

/** Every job that was accepted came to one end, the right one, and completed once if at all. */
export function examineEnds(evidence: Evidence): string[] {
  return evidence.requests.jobs.flatMap((job) =>
    endProblems(job, evidence).map((problem) => `Job ${job.number} (${job.id}) ${problem}`),
  );
}

function endProblems(job: SentJob, evidence: Evidence): string[] {
  if (job.sent === 'not yet') return ['was never sent.'];
  if (job.id === null) return job.sent === 'lost' ? [] : ['was accepted without an id.'];
  const row = evidence.rows.get(job.id);
  if (job.deleted) return row ? ['was deleted and is there.'] : [];
  if (!row) return ['was accepted and is gone.'];
  const problems: string[] = [];
  if (!isRightEnd(job, row, evidence)) problems.push(`is ${row.status}: ${JSON.stringify(row.error)}.`);
  const completions = completionsOf(job.id, evidence);
  if (completions > (row.status === 'completed' ? 1 : 0))
    problems.push(`is ${row.status} and was completed ${completions} times.`);
  return problems;
}

function isRightEnd(
  { planned, cancel }: SentJob,
  { status, error, ...row }: Job,
  evidence: Evidence,
): boolean {
  if (cancel === 'granted') return status === 'cancelled';
  if (cancel === 'granted, then retried' && status === 'cancelled') return true;
  // A runner that the storm killed counts against the job it had, as far as anybody can know.
  const hits = runnerDeaths(row.id, evidence);
  const isBlamed = status === 'failed' && error!.code === 'runner_lost';
  switch (planned.params.fail) {
    case 'always':
      return (status === 'failed' && error!.code === 'unavailable') || (isBlamed && hits > 0);
    case 'poison':
      return isBlamed;
    case 'once':
      return status === 'completed' || (isBlamed && hits + 1 >= row.maxAttempts);
    default:
      return status === 'completed' || (isBlamed && hits >= row.maxAttempts);
  }
}

function runnerDeaths(jobId: string, { cluster: { logs } }: Evidence): number {
  return logs.lines.filter(({ msg, jobs }) => msg === 'runner died' && jobs?.includes(jobId)).length;
}

function completionsOf(jobId: string, { cluster: { logs } }: Evidence): number {
  return logs.lines.filter((line) => line.jobId === jobId && line.outcome === 'completed').length;
}
