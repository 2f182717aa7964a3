import type { ErrorCode } from '#lib/core/errors';
import type { CheckpointFile, StageFile } from '#lib/db/schema/job-values';
import type { StageCount } from '#lib/pipelines/progress';
import type { InputImage } from '#worker/pipelines/run';

/** One stage of one job, with everything a process without a database needs to run it. */
export interface StageTask {
  id: string;
  jobId: string;
  pipeline: string;
  stage: string;
  model: string;
  /** Ids of the models to run, one for each task that needs a network. */
  models: string[];
  params: Record<string, unknown>;
  inputs: Record<string, InputImage>;
  /** What its pictures and videos carry in their own metadata. */
  stamp: string | null;
  /** Empty folder to write into; made by the thread. */
  outDir: string;
  /** Folder of each earlier stage. */
  stageDirs: Record<string, string>;
  stageMs: Record<string, number>;
  /** What an earlier attempt at this stage saved last, with the folder its files lie in. */
  checkpoint: (Omit<Checkpoint, 'files'> & { dir: string }) | null;
  /** Folder under which each checkpoint of this attempt gets a folder of its own. */
  checkpointDir: string;
  provider: string;
  /** Memory of the device, in bytes; 0 or nothing where it is not known. */
  deviceMemoryBytes?: number;
  weightsDir: string;
  threads: number;
}

/** How far a stage has got, its files written but not yet made to last. */
export interface Checkpoint {
  /** Counts the checkpoints of the stage, from 1. */
  sequence: number;
  /** Anything JSON can hold. */
  state: unknown;
  files: CheckpointFile[];
  /** Spent on the stage up to here, over all attempts. */
  elapsedMs: number;
}

/** What became of a checkpoint; no failure means that it is saved. */
export interface CheckpointAnswer {
  failure: Failure | null;
}

export interface StageResult {
  files: StageFile[];
  /** Spent on the stage, with what earlier attempts had spent when they saved the checkpoint it went on from. */
  elapsedMs: number;
  /** What the stage had to say of its result. */
  warnings: string[];
  /** Ids of the models it ran. */
  models: string[];
  /** Highest resident memory of the runner during the stage. */
  peakMemoryBytes: number;
}

/** An error as it crosses a process boundary. */
export interface Failure {
  code: ErrorCode;
  message: string;
  suggestion: string | undefined;
  /** Ids of the models whose weights it lacks, where that is what is wrong. */
  toFetch?: readonly string[];
  /** For the log alone. */
  detail: string;
}

export type StageOutcome = { ok: true; result: StageResult } | { ok: false; failure: Failure };

/** What a stage has to say while it runs. */
export type TaskReport =
  | { type: 'progress'; progress: StageCount }
  | { type: 'preview'; webp: Uint8Array }
  | { type: 'checkpoint'; checkpoint: Checkpoint };

export type ToRunner =
  | { type: 'run'; task: StageTask }
  | { type: 'cancel'; taskId: string }
  | { type: 'checkpoint_answer'; taskId: string; answer: CheckpointAnswer };

export type FromRunner = { taskId: string } & (TaskReport | { type: 'outcome'; outcome: StageOutcome });

/** What the child hands to a thread of its pool. */
export interface ThreadTask {
  task: StageTask;
  /** One Int32, set to 1 when the run should stop. */
  cancelFlag: Int32Array;
  /** Takes a TaskReport whenever there is one, and gives a CheckpointAnswer for each checkpoint. */
  port: import('node:worker_threads').MessagePort;
}
