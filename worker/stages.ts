import { AppError } from '#lib/core/errors';
import { sha256OfFile } from '#lib/core/file-hash';
import { newId } from '#lib/core/ids';
import type { JobMetrics, StageFile } from '#lib/db/schema/jobs';
import { stageFolder } from '#lib/jobs/files';
import { type FinishedStage, type Lease, recordStage } from '#lib/jobs/lease';
import { finishedStages, jobUploads } from '#lib/jobs/queries';
import type { Job, JobOutput } from '#lib/jobs/resource';
import { uploadKey } from '#lib/media/file-key';
import type { FileStore } from '#lib/media/store';
import type { PipelineDeclaration } from '#lib/pipelines/pipeline';
import { progressOf } from '#lib/pipelines/progress';
import type { WorkerContext } from './context.ts';
import { LeaseLost } from './lease-keeper.ts';
import type { InputImage } from './pipelines/run.ts';
import type { ProgressWriter } from './progress-writer.ts';
import type { StageTask } from './runner/messages.ts';

export interface Run {
  job: Job;
  lease: Lease;
  pipeline: PipelineDeclaration;
  progress: ProgressWriter;
  signal: AbortSignal;
}

interface DoneStage extends FinishedStage {
  fence: number;
}

export interface RunResult {
  outputs: Omit<JobOutput, 'jobId'>[];
  metrics: JobMetrics;
}

/** Run every stage that is not done yet, in order. Throws LeaseLost. */
export async function runStages(context: WorkerContext, run: Run): Promise<RunResult> {
  const inputs = await takeInputs(context, run.job);
  const done = await resumableStages(context, run);
  let peakMemoryBytes: number | null = null;
  for (const { name } of run.pipeline.stages.slice(done.length)) {
    run.progress.report(progressOf(run.pipeline, done.length, { step: 0, steps: 0 }));
    const result = await context.runner.run(stageTask(context, run, { name, inputs, done }), {
      signal: run.signal,
      onProgress: (step) => run.progress.report(progressOf(run.pipeline, done.length, step)),
    });
    const finished = { stage: name, files: result.files, elapsedMs: result.elapsedMs };
    if (!(await recordStage(context.db, run.lease, finished, context.clock()))) throw new LeaseLost();
    done.push({ ...finished, fence: run.lease.fence });
    peakMemoryBytes = Math.max(peakMemoryBytes ?? 0, result.peakMemoryBytes);
  }
  return { outputs: outputsOf(run.job.id, done), metrics: metricsOf(context, done, peakMemoryBytes) };
}

/** The stages before the first one that is unrecorded, or whose files are not there as recorded. */
async function resumableStages({ db, store }: WorkerContext, { job, pipeline }: Run): Promise<DoneStage[]> {
  const records = new Map((await finishedStages(db, job.id)).map((record) => [record.stage, record]));
  const done: DoneStage[] = [];
  for (const { name } of pipeline.stages) {
    const record = records.get(name);
    if (!record || !(await filesThere(store, job.id, record))) break;
    done.push(record);
  }
  return done;
}

async function filesThere(store: FileStore, jobId: string, stage: DoneStage): Promise<boolean> {
  const folder = stageFolder(jobId, stage.fence, stage.stage);
  const stats = await Promise.all(stage.files.map((file) => store.stat(`${folder}/${file.name}`)));
  return stats.every((found, index) => found?.sizeBytes === stage.files[index]!.sizeBytes);
}

/** The job's pictures as local files, each proven to be the one that was sent. Throws `input_missing`. */
async function takeInputs({ db, store }: WorkerContext, job: Job): Promise<Record<string, InputImage>> {
  const inputs: Record<string, InputImage> = {};
  for (const { role, upload } of await jobUploads(db, job.id)) {
    const path = store.localPath(uploadKey(upload.sha256));
    if ((await hashIfThere(path)) !== upload.sha256) {
      throw new AppError('input_missing', `The stored picture "${upload.filename}" is missing or damaged.`, {
        suggestion: 'Send the picture again as a new job.',
      });
    }
    inputs[role] = { path, sha256: upload.sha256, width: upload.width, height: upload.height };
  }
  return inputs;
}

/** The hash of a file, or null where there is none. */
async function hashIfThere(path: string): Promise<string | null> {
  return sha256OfFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
}

function stageTask(
  { store, device, settings }: WorkerContext,
  { job, lease }: Run,
  { name, inputs, done }: { name: string; inputs: Record<string, InputImage>; done: DoneStage[] },
): StageTask {
  const folderOf = (stage: DoneStage) => store.localPath(stageFolder(job.id, stage.fence, stage.stage));
  return {
    id: newId(),
    jobId: job.id,
    pipeline: job.pipeline,
    stage: name,
    model: job.model,
    params: job.params,
    inputs,
    outDir: store.localPath(stageFolder(job.id, lease.fence, name)),
    stageDirs: Object.fromEntries(done.map((stage) => [stage.stage, folderOf(stage)])),
    stageMs: stageTimes(done),
    provider: device.provider,
    weightsDir: settings.weightsDir,
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

function isOutput(file: StageFile): file is StageFile & { role: string } {
  return file.role !== null;
}

function metricsOf({ device }: WorkerContext, done: DoneStage[], peakMemoryBytes: number | null): JobMetrics {
  const stageMs = stageTimes(done);
  const totalMs = Object.values(stageMs).reduce((sum, elapsedMs) => sum + elapsedMs, 0);
  return { stageMs, totalMs, peakMemoryBytes, device: device.provider };
}

function stageTimes(done: DoneStage[]): Record<string, number> {
  return Object.fromEntries(done.map((stage) => [stage.stage, stage.elapsedMs]));
}
