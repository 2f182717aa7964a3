import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '#lib/core/errors';
import { sha256OfFile } from '#lib/core/file-hash';
import type { StageFile } from '#lib/db/schema/job-values';
import type { StageCount } from '#lib/pipelines/progress';
import type { SessionCache } from '#worker/engines/onnx/sessions';
import { findRun } from '#worker/pipelines/registry';
import type { StageContext, StageRun, WrittenFile } from '#worker/pipelines/run';
import { toFailure } from './failure.ts';
import { peakMemory, resetPeakMemory } from './peak-memory.ts';
import type { StageOutcome, StageResult, StageTask, TaskReport, ThreadTask } from './messages.ts';
import { Pace } from './pace.ts';
import { checkpointOf } from './thread-checkpoint.ts';
import { previewer } from './thread-preview.ts';
import { sessionsFor } from './thread-sessions.ts';

/** Entry of a pool thread: run one stage, hash what it wrote, and answer with its outcome instead of throwing. */
export default async function runStage(threadTask: ThreadTask): Promise<StageOutcome> {
  try {
    return { ok: true, result: await timedStage(threadTask) };
  } catch (error) {
    return { ok: false, failure: toFailure(error) };
  } finally {
    threadTask.port.close();
  }
}

async function timedStage(threadTask: ThreadTask): Promise<StageResult> {
  const { task } = threadTask;
  const elapsedMs = stopwatch(task.checkpoint?.elapsedMs ?? 0);
  resetPeakMemory();
  await rm(task.outDir, { recursive: true, force: true });
  await mkdir(task.outDir, { recursive: true });
  const warnings: string[] = [];
  const sessions = await sessionsFor(task);
  const written = await (await stageOf(task))(contextOf(threadTask, sessions, { elapsedMs, warnings }));
  const files: StageFile[] = [];
  for (const file of written) files.push(await measured(task.outDir, file));
  const models = sessions.takeOpened();
  return { files, elapsedMs: elapsedMs(), warnings, models, peakMemoryBytes: peakMemory() };
}

/** Whole milliseconds from now on, and what was spent before. */
function stopwatch(spentMs: number): () => number {
  const startedAt = performance.now();
  return () => spentMs + Math.round(performance.now() - startedAt);
}

async function stageOf(task: StageTask): Promise<StageRun> {
  const stage = (await findRun(task.pipeline))?.stages[task.stage];
  if (!stage) throw new AppError('internal', `This worker cannot run ${task.pipeline}, stage ${task.stage}.`);
  return stage;
}

interface Surroundings {
  elapsedMs(): number;
  /** Takes what the stage has to say of its result. */
  warnings: string[];
}

function contextOf(
  threadTask: ThreadTask,
  sessions: SessionCache,
  { elapsedMs, warnings }: Surroundings,
): StageContext {
  const { task, cancelFlag, port } = threadTask;
  const throwIfCancelled = () => {
    if (Atomics.load(cancelFlag, 0) === 1) throw new AppError('cancelled', 'The job was cancelled.');
  };
  const report = (progress: StageCount) =>
    port.postMessage({ type: 'progress', progress } satisfies TaskReport);
  const pace = new Pace();
  let reached: StageCount = { step: 0, steps: 0 };
  sessions.onLoading = (title) => {
    if (title === null) pace.startAt(reached.step, performance.now());
    report(title === null ? reached : { ...reached, loading: title });
  };
  return {
    ...task,
    sessions,
    checkpoint: checkpointOf(threadTask, { elapsedMs, throwIfCancelled }),
    fileOf(stage, name) {
      const folder = task.stageDirs[stage];
      if (folder === undefined) throw new AppError('internal', `The stage ${stage} has not been run.`);
      return join(folder, name);
    },
    progress(step, steps) {
      throwIfCancelled();
      reached = { step, steps, stepMs: pace.reach(step, performance.now()) };
      report(reached);
    },
    warn: (sentence) => void warnings.push(sentence),
    preview: previewer(port),
  };
}

async function measured(folder: string, file: WrittenFile): Promise<StageFile> {
  const path = join(folder, file.name);
  return { ...file, sizeBytes: (await stat(path)).size, sha256: await sha256OfFile(path) };
}
