/* What the columns of a job hold that are written as JSON. */

/** Where a running job is. `value` is 0..1 over the whole job; `step` of `steps` counts inside the stage. */
export interface JobProgress {
  value: number;
  stage: string | null;
  stagesDone: number;
  stagesTotal: number;
  step: number | null;
  steps: number | null;
  /** The model that is being loaded, while one is. */
  loading?: string;
  /** What the steps that this attempt has taken say of those to come, once it has taken one. */
  pace?: JobPace;
  /** What it looks like so far, once something can be seen. */
  preview?: JobPreview;
  message: string;
}

/** Milliseconds. */
export interface JobPace {
  /** A step of the stage that runs. */
  stepMs: number;
  /** The stages after it, if their declared shares of the time hold. */
  afterMs: number;
}

/** A picture of an unfinished result, under the lease it was made under. `sequence` counts those before it, from 1. */
export interface JobPreview {
  fence: number;
  sequence: number;
}

export interface JobError {
  code: string;
  message: string;
  stage: string | null;
  retryable: boolean;
  suggestions: string[];
  /** Ids of the models whose weights it waits for, where that is what is wrong. */
  models?: string[];
}

/** A file a stage made. One with a `role` is an output of the job; one without is for later stages only. */
export interface StageFile {
  name: string;
  sizeBytes: number;
  sha256: string;
  role: string | null;
  contentType: string;
  /** Pixels, where the file is a picture. */
  width: number | null;
  height: number | null;
}

export type CheckpointFile = Pick<StageFile, 'name' | 'sizeBytes' | 'sha256'>;

/** Times in milliseconds, memory in bytes. */
export interface JobMetrics {
  stageMs: Record<string, number>;
  totalMs: number;
  peakMemoryBytes: number | null;
  device: string;
}
