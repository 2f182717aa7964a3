import { AppError, toAppError } from '#lib/core/errors';
import type { JobError } from '#lib/db/schema/jobs';
import { jobFolder } from '#lib/jobs/files';
import type { Lease } from '#lib/jobs/lease';
import type { Job } from '#lib/jobs/resource';
import { retryDelayMs } from '#lib/jobs/retry-policy';
import { completeJob, failJob, finishCancel, releaseJob, retryJobLater } from '#lib/jobs/transitions';
import { requireModels } from '#lib/pipelines/models';
import type { PipelineDeclaration } from '#lib/pipelines/pipeline';
import { findPipeline } from '#lib/pipelines/registry';
import type { WorkerContext } from './context.ts';
import { keepLease, LeaseLost, type StopReason } from './lease-keeper.ts';
import { ProgressWriter } from './progress-writer.ts';
import { RunnerTakenDown } from './runner/runner.ts';
import { runStages, type RunResult } from './stages.ts';

/** How an attempt ended. Each leads to exactly one transition, except `lost`: the job is no longer ours to move. */
export type Outcome =
  | { kind: 'completed'; result: RunResult }
  | { kind: 'failed'; error: AppError; stage: string | null }
  | { kind: StopReason };

/** Run a claimed job to the end of this attempt, and write how it ended. Never throws. */
export async function execute(
  context: WorkerContext,
  job: Job,
  shutdown: AbortSignal,
): Promise<Outcome['kind']> {
  const lease: Lease = { jobId: job.id, workerId: context.workerId, fence: job.fence };
  const log = context.log.child({ jobId: job.id, attempt: job.attempt });
  log.info({ pipeline: job.pipeline }, 'job started');
  try {
    const outcome = await attempt(context, job, lease, shutdown);
    const written = await acknowledge(context, job, lease, outcome);
    log.info({ outcome: written }, written === 'lost' ? 'lease lost, result dropped' : 'job left');
    if (written === 'completed' && outcome.kind === 'completed') {
      await discardIntermediates(context, job, outcome.result);
    }
    return written;
  } catch (error) {
    log.error({ err: error }, 'outcome not written; the lease will run out');
    return 'lost';
  }
}

async function attempt(
  context: WorkerContext,
  job: Job,
  lease: Lease,
  shutdown: AbortSignal,
): Promise<Outcome> {
  const { db, clock, log, settings } = context;
  const keeper = keepLease(db, lease, { leaseMs: settings.leaseMs, clock, log });
  const signal = AbortSignal.any([keeper.signal, shutdown]);
  const progress = new ProgressWriter(db, lease, clock);
  try {
    const pipeline = readyPipeline(context, job);
    const result = await runStages(context, { job, lease, pipeline, progress, signal });
    return { kind: 'completed', result };
  } catch (error) {
    return outcomeOf(error, signal, progress.stage);
  } finally {
    keeper.stop();
    progress.stop();
  }
}

/** The job's pipeline, once every network it needs is here. Throws `weights_missing` before any work is done. */
function readyPipeline({ settings }: WorkerContext, job: Job): PipelineDeclaration {
  const pipeline = findPipeline(job.pipeline);
  if (!pipeline) throw new AppError('internal', `This worker does not know the pipeline ${job.pipeline}.`);
  requireModels(pipeline, job.model, settings.weightsDir);
  return pipeline;
}

function outcomeOf(error: unknown, signal: AbortSignal, stage: string | null): Outcome {
  if (signal.aborted) return { kind: signal.reason as StopReason };
  if (error instanceof LeaseLost) return { kind: 'lost' };
  if (error instanceof RunnerTakenDown) return { kind: 'interrupted' };
  return { kind: 'failed', error: toAppError(error), stage };
}

/** Write the outcome. Returns what it came to: a cancel that was accepted meanwhile wins, and a lease may be lost. */
async function acknowledge(
  context: WorkerContext,
  job: Job,
  lease: Lease,
  outcome: Outcome,
): Promise<Outcome['kind']> {
  if (outcome.kind !== 'completed') {
    return (await settle(context, job, lease, outcome)) ? outcome.kind : 'lost';
  }
  const status = await completeJob(context.db, lease, outcome.result, context.clock());
  return status === 'completed' || status === 'cancelled' ? status : 'lost';
}

type Unfinished = Exclude<Outcome, { kind: 'completed' }>;

/** Write an outcome that is no result; false where the lease was lost before. */
async function settle(context: WorkerContext, job: Job, lease: Lease, outcome: Unfinished): Promise<boolean> {
  const { db } = context;
  const now = context.clock();
  switch (outcome.kind) {
    case 'cancelled':
      return finishCancel(db, lease, now);
    case 'interrupted':
      return releaseJob(db, lease, now);
    case 'failed':
      return settleFailure(context, job, lease, outcome);
    case 'lost':
      return false;
  }
}

/** Remove what only later stages needed, and what lost attempts left. What cannot be removed does no harm. */
async function discardIntermediates(
  { store, log }: WorkerContext,
  job: Job,
  { outputs }: RunResult,
): Promise<void> {
  const published = new Set(outputs.map((output) => output.fileKey));
  try {
    for (const key of await store.list(jobFolder(job.id))) {
      if (!published.has(key)) await store.remove(key);
    }
  } catch (error) {
    log.warn({ err: error, jobId: job.id }, 'intermediate files were left behind');
  }
}

async function settleFailure(
  { db, clock, log }: WorkerContext,
  job: Job,
  lease: Lease,
  { error, stage }: { error: AppError; stage: string | null },
): Promise<boolean> {
  log.warn({ jobId: job.id, stage, err: error }, 'attempt failed');
  const now = clock();
  const written = toJobError(error, stage);
  if (error.retryable && job.attempt < job.maxAttempts) {
    return retryJobLater(db, lease, { error: written, runAt: now + retryDelayMs(job.attempt) }, now);
  }
  return failJob(db, lease, written, now);
}

function toJobError(error: AppError, stage: string | null): JobError {
  const suggestions = error.suggestion ? [error.suggestion] : [];
  return { code: error.code, message: error.message, stage, retryable: error.retryable, suggestions };
}
