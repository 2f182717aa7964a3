import type { ErrorCode } from '#lib/core/errors';
import type { StageFile } from '#lib/db/schema/jobs';
import type { InputImage } from '#worker/pipelines/run';

/** One stage of one job, with everything a process without a database needs to run it. */
export interface StageTask {
  id: string;
  jobId: string;
  pipeline: string;
  stage: string;
  model: string;
  params: Record<string, unknown>;
  inputs: Record<string, InputImage>;
  /** Empty folder to write into; made by the thread. */
  outDir: string;
  /** Folder of each earlier stage. */
  stageDirs: Record<string, string>;
  stageMs: Record<string, number>;
  provider: string;
  weightsDir: string;
  threads: number;
}

export interface StageProgress {
  step: number;
  steps: number;
}

export interface StageResult {
  files: StageFile[];
  elapsedMs: number;
  /** Highest resident memory of the runner during the stage. */
  peakMemoryBytes: number;
}

/** An error as it crosses a process boundary. */
export interface StageFailure {
  code: ErrorCode;
  message: string;
  suggestion: string | undefined;
  /** For the log alone. */
  detail: string;
}

export type StageOutcome = { ok: true; result: StageResult } | { ok: false; failure: StageFailure };

export type ToRunner = { type: 'run'; task: StageTask } | { type: 'cancel'; taskId: string };

export type FromRunner =
  | { type: 'progress'; taskId: string; progress: StageProgress }
  | { type: 'outcome'; taskId: string; outcome: StageOutcome };

/** What the child hands to a thread of its pool. */
export interface ThreadTask {
  task: StageTask;
  /** One Int32, set to 1 when the run should stop. */
  cancelFlag: Int32Array;
  /** Takes a StageProgress whenever there is one. */
  progressPort: import('node:worker_threads').MessagePort;
}
