import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { AppError, toAppError } from '#lib/core/errors';
import { sha256OfFile } from '#lib/core/file-hash';
import type { StageFile } from '#lib/db/schema/jobs';
import { createSessionCache, type SessionCache } from '#worker/engines/onnx/sessions';
import { findRun } from '#worker/pipelines/registry';
import type { StageContext, WrittenFile } from '#worker/pipelines/run';
import { peakMemory, resetPeakMemory } from './peak-memory.ts';
import type { StageOutcome, StageResult, StageTask, ThreadTask } from './messages.ts';

let sessions: SessionCache | undefined;

/** Entry of a pool thread: run one stage, hash what it wrote, and answer with its outcome instead of throwing. */
export default async function runStage(threadTask: ThreadTask): Promise<StageOutcome> {
  try {
    return { ok: true, result: await timedStage(threadTask) };
  } catch (error) {
    const { code, message, suggestion, cause } = toAppError(error);
    return { ok: false, failure: { code, message, suggestion, detail: inspect(cause ?? error) } };
  } finally {
    threadTask.progressPort.close();
  }
}

async function timedStage(threadTask: ThreadTask): Promise<StageResult> {
  const { task } = threadTask;
  const startedAt = performance.now();
  resetPeakMemory();
  await rm(task.outDir, { recursive: true, force: true });
  await mkdir(task.outDir, { recursive: true });
  const written = await stageOf(task)(contextOf(threadTask));
  const files: StageFile[] = [];
  for (const file of written) files.push(await measured(task.outDir, file));
  return {
    files,
    elapsedMs: Math.round(performance.now() - startedAt),
    peakMemoryBytes: peakMemory(),
  };
}

function stageOf(task: StageTask) {
  const stage = findRun(task.pipeline)?.stages[task.stage];
  if (!stage) throw new AppError('internal', `This worker cannot run ${task.pipeline}, stage ${task.stage}.`);
  return stage;
}

function contextOf({ task, cancelFlag, progressPort }: ThreadTask): StageContext {
  sessions ??= createSessionCache(task);
  return {
    ...task,
    sessions,
    fileOf(stage, name) {
      const folder = task.stageDirs[stage];
      if (folder === undefined) throw new AppError('internal', `The stage ${stage} has not been run.`);
      return join(folder, name);
    },
    progress(step, steps) {
      if (Atomics.load(cancelFlag, 0) === 1) throw new AppError('cancelled', 'The job was cancelled.');
      progressPort.postMessage({ step, steps });
    },
  };
}

async function measured(folder: string, file: WrittenFile): Promise<StageFile> {
  const path = join(folder, file.name);
  return { ...file, sizeBytes: (await stat(path)).size, sha256: await sha256OfFile(path) };
}
