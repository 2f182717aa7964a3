import { AppError } from '#lib/core/errors';
import type { Lease } from '#lib/jobs/lease';
import type { Job } from '#lib/jobs/resource';
import { recordRunTime } from '#lib/jobs/estimates/run-times';
import { machineMemory } from '#lib/models/memory';
import { WeightsMissing } from '#lib/models/weights-missing';
import { requireModels } from '#lib/pipelines/models';
import { findPipeline } from '#lib/pipelines/registry';
import type { WorkerContext } from './context.ts';
import { isSuspect } from './crashes.ts';
import { JobPreviews } from './job-previews.ts';
import { keepLease } from './lease-keeper.ts';
import { identity } from './maintenance/identity.ts';
import { removeUnused } from './maintenance/sweep-jobs.ts';
import { type Outcome, outcomeOf } from './outcome.ts';
import { ProgressWriter } from './progress-writer.ts';
import type { Runner } from './runner/runner.ts';
import { settle } from './settle.ts';
import { type Run, runStages, type RunResult } from './stages.ts';

/** Run a claimed job to the end of this attempt, and write how it ended. Never throws. */
export async function execute(
  context: WorkerContext,
  job: Job,
  shutdown: AbortSignal,
): Promise<Outcome['kind']> {
  const lease: Lease = { jobId: job.id, workerId: context.workerId, fence: job.fence };
  const log = context.log.child({ jobId: job.id, attempt: job.attempt, fence: job.fence });
  const own = { ...context, log };
  const progress = new ProgressWriter(context.db, lease, context.clock);
  const previews = new JobPreviews(own, lease, progress);
  log.info({ pipeline: job.pipeline }, 'job started');
  try {
    const outcome = await attempt(own, { job, lease, progress, previews }, shutdown);
    if ('error' in outcome)
      log.warn({ stage: outcome.stage, err: outcome.error }, 'attempt ended by an error');
    const written = await settle(own, { job, lease }, outcome);
    log.info({ outcome: written }, written === 'lost' ? 'lease lost, result dropped' : 'job left');
    if (written === 'blocked' && outcome.kind === 'blocked') fetchFor(own, outcome.error);
    if (written === 'completed' || written === 'lost') await tidyUp(own, job);
    if (written === 'completed' && outcome.kind === 'completed') await learnFrom(own, job, outcome.result);
    return written;
  } catch (error) {
    log.error({ err: error }, 'outcome not written; the lease will run out');
    return 'lost';
  } finally {
    await previews.remove();
  }
}

async function attempt(
  context: WorkerContext,
  own: Pick<Run, 'job' | 'lease' | 'progress' | 'previews'>,
  shutdown: AbortSignal,
): Promise<Outcome> {
  const { db, clock, log, settings } = context;
  const { job, lease, progress } = own;
  const keeper = keepLease(db, lease, { leaseMs: settings.leaseMs, clock, log });
  const signal = AbortSignal.any([keeper.signal, shutdown]);
  try {
    const ready = readyPipeline(context, job);
    const run = (runner: Runner) => runStages({ ...context, runner }, { ...own, ...ready, signal });
    const result = await (runsAlone(context, job) ? context.runner.alone(signal, run) : run(context.runner));
    return { kind: 'completed', result };
  } catch (error) {
    return outcomeOf(error, signal, progress.stage);
  } finally {
    keeper.stop();
    progress.stop();
  }
}

/** Whether a job is kept apart from the others, which it may take down with it. */
function runsAlone({ capacity }: WorkerContext, job: Job): boolean {
  return capacity > 1 && isSuspect(job);
}

/** The job's pipeline, once every network it needs is here. Throws `weights_missing` before any work is done. */
function readyPipeline({ settings }: WorkerContext, job: Job): Pick<Run, 'pipeline' | 'models'> {
  const pipeline = findPipeline(job.pipeline);
  if (!pipeline) throw new AppError('internal', `This worker does not know the pipeline ${job.pipeline}.`);
  const models = requireModels(pipeline, job.model, settings.weightsDir, machineMemory(settings));
  return { pipeline, models };
}

/** After the job was put back to wait: what has come by then is found, and wakes it. */
function fetchFor({ fetcher }: WorkerContext, error: AppError): void {
  if (error instanceof WeightsMissing) fetcher?.want(error.toFetch);
}

/** Remove what only later stages needed, and what lost attempts left; or, of a lost attempt, what it left itself. */
async function tidyUp(context: WorkerContext, job: Job): Promise<void> {
  await removeUnused(context, [job.id]).catch((error) => {
    context.log.warn({ err: error }, 'files were left behind, for the next sweep');
  });
}

/** Remember how long it took, for estimates. A job that was claimed before may have been computed elsewhere in part. */
async function learnFrom({ db, log }: WorkerContext, job: Job, { metrics }: RunResult): Promise<void> {
  if (job.fence > 1) return;
  const { pipeline, model, inputPixels } = job;
  const { stageMs, totalMs, device } = metrics;
  const run = { host: identity().host, device, pipeline, model, inputPixels, stageMs, totalMs };
  await recordRunTime(db, run).catch((error) => log.warn({ err: error }, 'run time not recorded'));
}
