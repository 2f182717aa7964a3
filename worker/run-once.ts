import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Settings } from '#lib/config/settings';
import { newId } from '#lib/core/ids';
import type { Logger } from '#lib/core/logger';
import type { JobProgress, StageFile } from '#lib/db/schema/jobs';
import type { PipelineDeclaration } from '#lib/pipelines/pipeline';
import { progressOf } from '#lib/pipelines/progress';
import { resolveDevice } from './engines/onnx/devices.ts';
import type { InputImage } from './pipelines/run.ts';
import type { StageTask } from './runner/messages.ts';
import { Runner } from './runner/runner.ts';

export interface SingleRun {
  pipeline: PipelineDeclaration;
  model: string;
  params: Record<string, unknown>;
  inputs: Record<string, InputImage>;
  /** Folder the outputs go into; made where it is missing. */
  outDir: string;
  signal: AbortSignal;
  onProgress(progress: JobProgress): void;
  /** Called with a sentence for people when another device is used than the one asked for. */
  onNote(note: string): void;
}

export interface SingleResult {
  /** In the order of the stages that made them. */
  outputs: StageFile[];
  stageMs: Record<string, number>;
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
    runner.close();
    await rm(workDir, { recursive: true, force: true });
  }
}

async function runStages(
  run: SingleRun,
  settings: Settings,
  { runner, workDir }: { runner: Runner; workDir: string },
): Promise<SingleResult> {
  const { pipeline, signal, outDir } = run;
  const { provider, note } = await resolveDevice(settings.provider);
  if (note) run.onNote(note);
  await mkdir(outDir, { recursive: true });
  const result: SingleResult = { outputs: [], stageMs: {}, peakMemoryBytes: 0 };
  const stageDirs: Record<string, string> = {};
  for (const [done, { name }] of pipeline.stages.entries()) {
    const task: StageTask = {
      id: newId(),
      jobId: 'single-run',
      pipeline: pipeline.id,
      stage: name,
      model: run.model,
      params: run.params,
      inputs: run.inputs,
      outDir: join(workDir, name),
      stageDirs,
      stageMs: result.stageMs,
      checkpoint: null,
      checkpointDir: join(workDir, `${name}.checkpoint`),
      provider,
      weightsDir: settings.weightsDir,
      threads: availableParallelism(),
    };
    const onProgress = (step: { step: number; steps: number }) =>
      run.onProgress(progressOf(pipeline, done, step));
    onProgress({ step: 0, steps: 0 });
    const { files, elapsedMs, peakMemoryBytes } = await runner.run(task, {
      signal,
      onProgress,
      // Nobody will go on from it.
      onCheckpoint: () => rm(task.checkpointDir, { recursive: true }),
    });
    stageDirs[name] = task.outDir;
    result.stageMs[name] = elapsedMs;
    result.peakMemoryBytes = Math.max(result.peakMemoryBytes, peakMemoryBytes);
    for (const file of files.filter(({ role }) => role !== null)) {
      await copyFile(join(task.outDir, file.name), join(outDir, file.name));
      result.outputs.push(file);
    }
  }
  return result;
}
