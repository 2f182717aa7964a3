import { AppError } from '#lib/core/errors';
import { newId } from '#lib/core/ids';
import type { JobMetrics } from '#lib/db/schema/job-values';
import { checkpointsFolder, stageFolder } from '#lib/jobs/files';
import { type FinishedStage, type Lease, recordStage } from '#lib/jobs/lease';
import { finishedStages, jobUploads } from '#lib/jobs/queries';
import type { Job, JobOutput } from '#lib/jobs/resource';
import { uploadKey } from '#lib/media/store/file-key';
import type { Workspace } from '#lib/media/store/store';
import { keepToModels } from '#lib/pipelines/models';
import { type PipelineDeclaration, type StageDeclaration, stagesOf } from '#lib/pipelines/pipeline';
import { progressOf } from '#lib/pipelines/progress';
import { openCheckpoints } from './checkpoints.ts';
import type { WorkerContext } from './context.ts';
import type { JobPreviews } from './job-previews.ts';
import { LeaseLost } from './lease-keeper.ts';
import { isOutput } from './output-file.ts';
import type { InputImage } from './pipelines/run.ts';
import type { ProgressWriter } from './progress-writer.ts';
import type { Circumstances } from './receipts/facts.ts';
import { leaveReceipt } from './receipts/job-receipt.ts';
import { stampOf } from './receipts/stamp.ts';
import { runTask } from './run-task.ts';
import type { StageResult, StageTask } from './runner/messages.ts';
import { areIntact, intactFile } from './stored-file.ts';
import { untilAnswered } from './until-answered.ts';

export interface Run {
  job: Job;
  lease: Lease;
  pipeline: PipelineDeclaration;
  /** Ids of the models to run; see `requireModels`. */
  models: string[];
  progress: ProgressWriter;
  previews: JobPreviews;
  signal: AbortSignal;
}

interface DoneStage extends FinishedStage {
  fence: number;
}

export interface RunResult {
  outputs: Omit<JobOutput, 'jobId'>[];
  metrics: JobMetrics;
  warnings: string[];
}

/** Run every stage that is not done yet, in order. Throws LeaseLost. */
export async function runStages(context: WorkerContext, run: Run): Promise<RunResult> {
  const workspace = await context.store.openWorkspace(run.signal);
  try {
    return await runInside(context, { ...run, workspace, stages: stagesOf(run.pipeline, run.job.model) });
  } finally {
    await workspace.close();
  }
}

interface Work extends Run {
  workspace: Workspace;
  /** All that the job goes through. */
  stages: readonly StageDeclaration[];
}

/** A stage that is next, and what it works on. */
interface Step {
  stage: string;
  circumstances: Circumstances;
  stamp: string | null;
  done: DoneStage[];
}

async function runInside(context: WorkerContext, work: Work): Promise<RunResult> {
  const { job, lease, stages, progress } = work;
  const inputs = await takeInputs(context, work);
  const done = await resumableStages(context, work);
  const circumstances = circumstancesOf(context, work, inputs, done);
  const stamp = await stampOf(circumstances);
  let peakMemoryBytes: number | null = null;
  for (const { name } of stages.slice(done.length)) {
    progress.report(progressOf(stages, done.length, { step: 0, steps: 0 }));
    const { peakMemoryBytes: peak, ...finished } = await runStage(context, work, {
      stage: name,
      circumstances,
      stamp,
      done,
    });
    done.push({ ...finished, stage: name, fence: lease.fence });
    peakMemoryBytes = Math.max(peakMemoryBytes ?? 0, peak);
  }
  const warnings = [...new Set([...job.warnings, ...done.flatMap((stage) => stage.warnings)])];
  const outputs = outputsOf(job.id, done);
  const receipt = await leaveReceipt(work.workspace, circumstances, {
    lease,
    models: modelsOf(done),
    outputs,
    warnings,
    finishedAt: context.clock(),
  });
  const metrics = metricsOf(context, done, peakMemoryBytes);
  return { outputs: [...outputs, receipt], metrics, warnings };
}

/** Run one stage; its files are stored and recorded when this returns. */
async function runStage(context: WorkerContext, work: Work, step: Step): Promise<StageResult> {
  const { lease, stages, progress, previews, signal, workspace } = work;
  const { stage, done } = step;
  const inputsFence = done.at(-1)?.fence ?? 0;
  const checkpoints = await openCheckpoints(context, { lease, workspace, stage, inputsFence, signal });
  const log = context.log.child({ stage });
  log.info({ checkpoint: checkpoints.latest?.sequence ?? null }, 'stage started');
  const task = stageTask(context, work, step, checkpoints.latest);
  const result = await runTask(context.runner, context.settings, task, {
    signal,
    onProgress: (counts) => progress.report(progressOf(stages, done.length, counts)),
    onPreview: (webp) => previews.take(webp),
    onCheckpoint: (checkpoint) => checkpoints.save(checkpoint),
  });
  const names = result.files.map(({ name }) => name);
  await workspace.publish(stageFolder(lease.jobId, lease.fence, stage), names);
  const record = () => recordStage(context.db, lease, { ...result, stage }, context.clock());
  if (!(await untilAnswered(record, signal))) throw new LeaseLost();
  log.info({ elapsedMs: result.elapsedMs }, 'stage finished');
  return result;
}

/**
 * The stages before the first one that is unrecorded, older than the one before it, or whose files are not there as
 * recorded.
 */
async function resumableStages({ db }: WorkerContext, work: Work): Promise<DoneStage[]> {
  const { job, stages, workspace } = work;
  const records = new Map((await finishedStages(db, job.id)).map((record) => [record.stage, record]));
  const done: DoneStage[] = [];
  for (const { name } of stages) {
    const record = records.get(name);
    if (!record || record.fence < (done.at(-1)?.fence ?? 0)) break;
    if (!(await areIntact(workspace, stageFolder(job.id, record.fence, name), record.files))) break;
    done.push(record);
  }
  return done;
}

/** The job's pictures as local files, each proven to be the one that was sent. Throws `input_missing`. */
async function takeInputs({ db }: WorkerContext, work: Work): Promise<Record<string, InputImage>> {
  const inputs: Record<string, InputImage> = {};
  for (const { role, upload } of await jobUploads(db, work.job.id)) {
    const { sha256, width, height, filename } = upload;
    const path = await intactFile(work.workspace, uploadKey(sha256), sha256);
    if (!path) {
      throw new AppError('input_missing', `The stored picture "${filename}" is missing or damaged.`, {
        suggestion: 'Send the picture again as a new job.',
      });
    }
    inputs[role] = { path, sha256, width, height };
  }
  return inputs;
}

/** What the whole job is run with: the models that it began with, if it did not begin now. */
function circumstancesOf(
  { device }: WorkerContext,
  { job, models }: Work,
  inputs: Circumstances['inputs'],
  done: DoneStage[],
): Circumstances {
  const { pipeline, model, params } = job;
  const { provider } = device;
  return { pipeline, model, models: keepToModels(modelsOf(done), models), params, inputs, provider };
}

function stageTask(
  { device, settings }: WorkerContext,
  { job, lease, workspace }: Work,
  { stage, circumstances, stamp, done }: Step,
  checkpoint: StageTask['checkpoint'],
): StageTask {
  const folderOf = (earlier: DoneStage) =>
    workspace.folder(stageFolder(job.id, earlier.fence, earlier.stage));
  return {
    id: newId(),
    jobId: job.id,
    ...circumstances,
    stage,
    stamp,
    outDir: workspace.folder(stageFolder(job.id, lease.fence, stage)),
    stageDirs: Object.fromEntries(done.map((earlier) => [earlier.stage, folderOf(earlier)])),
    stageMs: stageTimes(done),
    checkpoint,
    checkpointDir: workspace.folder(checkpointsFolder(job.id, lease.fence, stage)),
    weightsDir: settings.weightsDir,
    deviceMemoryBytes: settings.deviceMemoryBytes,
    threads: device.threads,
  };
}

function outputsOf(jobId: string, done: DoneStage[]): Omit<JobOutput, 'jobId'>[] {
  const published = done.flatMap((stage) =>
    stage.files.filter(isOutput).map((file) => ({
      ...file,
      fileKey: `${stageFolder(jobId, stage.fence, stage.stage)}/${file.name}`,
    })),
  );
  return published.map((output, position) => ({ ...output, position }));
}

/** Ids of the models that these stages ran. */
function modelsOf(done: DoneStage[]): string[] {
  return done.flatMap(({ models }) => models);
}

function metricsOf({ device }: WorkerContext, done: DoneStage[], peakMemoryBytes: number | null): JobMetrics {
  const stageMs = stageTimes(done);
  const totalMs = Object.values(stageMs).reduce((sum, elapsedMs) => sum + elapsedMs, 0);
  return { stageMs, totalMs, peakMemoryBytes, device: device.provider };
}

function stageTimes(done: DoneStage[]): Record<string, number> {
  return Object.fromEntries(done.map((stage) => [stage.stage, stage.elapsedMs]));
}
