import type { AppError } from '#lib/core/errors';
import type { JobError } from '#lib/db/schema/job-values';
import { type Lease, statusUnder } from '#lib/jobs/lease';
import type { Job } from '#lib/jobs/resource';
import { recheckDelayMs, retryDelayMs } from '#lib/jobs/retry-policy';
import {
  completeJob,
  failJob,
  finishCancel,
  postponeJob,
  recordCrash,
  releaseJob,
  retryJobLater,
} from '#lib/jobs/transitions';
import { WeightsMissing } from '#lib/models/weights-missing';
import type { WorkerContext } from './context.ts';
import { crashError } from './crashes.ts';
import type { Outcome } from './outcome.ts';
import type { RunResult } from './stages.ts';
import { untilAnswered } from './until-answered.ts';

interface Attempt {
  job: Job;
  lease: Lease;
}

/**
 * Write how an attempt ended; where the database is away, for as long as the lease may still stand. Returns what it came
 * to: a cancel that was accepted meanwhile wins, and the lease may be lost.
 */
export async function settle(
  context: WorkerContext,
  attempt: Attempt,
  outcome: Outcome,
): Promise<Outcome['kind']> {
  const write = async () => {
    if (outcome.kind === 'completed') return complete(context, attempt.lease, outcome.result);
    return (await giveUp(context, attempt, outcome)) ? outcome.kind : 'lost';
  };
  return untilAnswered(write, AbortSignal.timeout(context.settings.leaseMs));
}

/** Where the database was away, an earlier try may have been carried out without an answer. */
async function complete(
  { db, clock }: WorkerContext,
  lease: Lease,
  result: RunResult,
): Promise<'completed' | 'cancelled' | 'lost'> {
  const status = (await completeJob(db, lease, result, clock())) ?? (await statusUnder(db, lease));
  return status === 'completed' || status === 'cancelled' ? status : 'lost';
}

type Unfinished = Exclude<Outcome, { kind: 'completed' }>;
type Ended<Kind> = Extract<Outcome, { kind: Kind }>;

/** Write an outcome that is no result; false where the lease was lost before. */
async function giveUp(context: WorkerContext, attempt: Attempt, outcome: Unfinished): Promise<boolean> {
  const { db, clock } = context;
  const { lease } = attempt;
  switch (outcome.kind) {
    case 'cancelled':
      return finishCancel(db, lease, clock());
    case 'interrupted':
      return releaseJob(db, lease, clock());
    case 'blocked':
      return postpone(context, lease, toJobError(outcome), recheckDelayMs());
    case 'failed':
      return settleFailure(context, attempt, outcome);
    case 'crashed':
      return settleCrash(context, attempt, outcome);
    case 'lost':
      return false;
  }
}

async function postpone(
  { db, clock }: WorkerContext,
  lease: Lease,
  error: JobError,
  delayMs: number,
): Promise<boolean> {
  const now = clock();
  return postponeJob(db, lease, { error, runAt: now + delayMs }, now);
}

async function settleFailure(
  { db, clock }: WorkerContext,
  { job, lease }: Attempt,
  outcome: Ended<'failed'>,
): Promise<boolean> {
  const now = clock();
  const error = toJobError(outcome);
  if (error.retryable && mayTryAgain(job)) {
    return retryJobLater(db, lease, { error, runAt: now + retryDelayMs(job.attempt) }, now);
  }
  return failJob(db, lease, error, now);
}

/** Whether it was this job's doing, that is whether it counts, depends on who else was there. */
async function settleCrash(
  context: WorkerContext,
  { job, lease }: Attempt,
  { error: died, stage }: Ended<'crashed'>,
): Promise<boolean> {
  const error = toJobError({ error: crashError(job, died), stage });
  if (died.others > 0) return postpone(context, lease, error, 0);
  const { db, clock } = context;
  const now = clock();
  const retryAt = mayTryAgain(job) ? now + retryDelayMs(job.attempt) : null;
  return recordCrash(db, lease, { error, retryAt }, now);
}

function mayTryAgain(job: Job): boolean {
  return job.attempt < job.maxAttempts;
}

function toJobError({ error, stage }: { error: AppError; stage: string | null }): JobError {
  const { code, message, retryable, suggestion } = error;
  const lacks = error instanceof WeightsMissing && { models: [...error.toFetch] };
  return { code, message, stage, retryable, suggestions: suggestion ? [suggestion] : [], ...lacks };
}
