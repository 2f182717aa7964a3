import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '#lib/config/settings';
import { systemClock } from '#lib/core/clock';
import { newId } from '#lib/core/ids';
import type { Logger } from '#lib/core/logger';
import type { JobProgress } from '#lib/db/schema/job-values';
import { type PipelineDeclaration, stagesOf } from '#lib/pipelines/pipeline';
import { progressOf } from '#lib/pipelines/progress';
import type { Receipt } from '#lib/pipelines/receipt/receipt';
import { resolveDevice } from './engines/onnx/devices.ts';
import { isOutput, type OutputFile } from './output-file.ts';
import type { InputImage } from './pipelines/run.ts';
import { buildReceipt } from './receipts/build.ts';
import type { Circumstances } from './receipts/facts.ts';
import { stampOf } from './receipts/stamp.ts';
import { writeReceipt } from './receipts/write.ts';
import { runTask } from './run-task.ts';
import type { StageTask } from './runner/messages.ts';
import { Runner } from './runner/runner.ts';

export interface SingleRun {
  pipeline: PipelineDeclaration;
  model: string;
  /** Ids of the models to run; see `requireModels`. */
  models: string[];
  params: Record<string, unknown>;
  inputs: Record<string, InputImage>;
  /** What was said of the request. */
  warnings: string[];
  /** Folder the outputs go into; made where it is missing. */
  outDir: string;
  signal: AbortSignal;
  onProgress(progress: JobProgress): void;
  /** Called with a sentence for people when another device is used than the one asked for. */
  onNote(note: string): void;
}

export interface SingleResult {
  /** In the order of the stages that made them; the receipt is the last. */
  outputs: OutputFile[];
  receipt: Receipt;
  stageMs: Record<string, number>;
  /** What the stages had to say of the result. */
  warnings: string[];
  /** Highest resident memory of the runner. */
  peakMemoryBytes: number;
}

/** Run a whole pipeline without queue or database, in a runner of its own. */
export async function runOnce(run: SingleRun, settings: Settings, log: Logger): Promise<SingleResult> {
  const workDir = await mkdtemp(join(tmpdir(), 'multiplane-run-'));
  const { cancelGraceMs, stageTimeoutMs } = settings;
  const runner = new Runner({ concurrency: 1, cancelGraceMs, stuckAfterMs: stageTimeoutMs, log });
  try {
    return await runStages(run, settings, { runner, workDir });
  } finally {
    await runner.close();
    await rm(workDir, { recursive: true, force: true });
  }
}

interface Place {
  runner: Runner;
  workDir: string;
}

async function runStages(run: SingleRun, settings: Settings, place: Place): Promise<SingleResult> {
  const { model, models, params, inputs, outDir } = run;
  const { provider, note } = await resolveDevice(settings.provider);
  if (note) run.onNote(note);
  await mkdir(outDir, { recursive: true });
  const circumstances = { pipeline: run.pipeline.id, model, models, params, inputs, provider };
  const { ran, ...result } = await runInside(run, settings, place, circumstances);
  const receipt = await buildReceipt(circumstances, {
    models: ran,
    outputs: result.outputs.map((output) => ({ ...output, path: join(outDir, output.name) })),
    warnings: [...new Set([...run.warnings, ...result.warnings])],
    jobId: null,
    finishedAt: systemClock(),
  });
  const outputs = [...result.outputs, await writeReceipt(outDir, receipt)];
  return { ...result, outputs, receipt };
}

/** `ran`: ids of the models that the stages opened. */
type StagesResult = Omit<SingleResult, 'receipt'> & { ran: string[] };

/** Run the stages, one after the other. */
async function runInside(
  run: SingleRun,
  settings: Settings,
  { runner, workDir }: Place,
  circumstances: Circumstances,
): Promise<StagesResult> {
  const { pipeline, signal, outDir } = run;
  const stamp = await stampOf(circumstances);
  const result: StagesResult = { outputs: [], ran: [], stageMs: {}, warnings: [], peakMemoryBytes: 0 };
  const stageDirs: Record<string, string> = {};
  const stages = stagesOf(pipeline, run.model);
  for (const [done, { name }] of stages.entries()) {
    const task: StageTask = {
      ...circumstances,
      id: newId(),
      jobId: 'single-run',
      stage: name,
      stamp,
      outDir: join(workDir, name),
      stageDirs,
      stageMs: result.stageMs,
      checkpoint: null,
      checkpointDir: join(workDir, `${name}.checkpoint`),
      weightsDir: settings.weightsDir,
      deviceMemoryBytes: settings.deviceMemoryBytes,
      threads: availableParallelism(),
    };
    const onProgress = (step: { step: number; steps: number }) =>
      run.onProgress(progressOf(stages, done, step));
    onProgress({ step: 0, steps: 0 });
    const finished = await runTask(runner, settings, task, {
      signal,
      onProgress,
      // Nobody will go on from it.
      onCheckpoint: () => rm(task.checkpointDir, { recursive: true }),
    });
    stageDirs[name] = task.outDir;
    result.stageMs[name] = finished.elapsedMs;
    result.warnings.push(...finished.warnings);
    result.ran.push(...finished.models);
    result.peakMemoryBytes = Math.max(result.peakMemoryBytes, finished.peakMemoryBytes);
    for (const file of finished.files.filter(isOutput)) {
      await copyFile(join(task.outDir, file.name), join(outDir, file.name));
      result.outputs.push(file);
    }
  }
  return result;
}
