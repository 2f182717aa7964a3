import type { StageFile } from '#lib/db/schema/jobs';
import type { SessionCache } from '#worker/engines/onnx/sessions';

/** A picture handed to a run: checked at intake, unchanged since. */
export interface InputImage {
  path: string;
  sha256: string;
  /** Pixels, after the EXIF orientation. */
  width: number;
  height: number;
}

/** What one stage works with. Everything it writes goes into `outDir`, flat, and is recorded once it returns. */
export interface StageContext {
  readonly jobId: string;
  /** Id of the pipeline that the stage belongs to. */
  readonly pipeline: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** `auto`, or the id of a catalogue model for the pipeline's model task. */
  readonly model: string;
  readonly inputs: Readonly<Record<string, InputImage>>;
  readonly outDir: string;
  /** Milliseconds each earlier stage took. */
  readonly stageMs: Readonly<Record<string, number>>;
  readonly sessions: SessionCache;
  /** Path of a file that an earlier stage wrote. */
  fileOf(stage: string, name: string): string;
  /**
   * Say how far the stage is: `step` of `steps` done. Also the place where a cancelled run stops: it throws
   * AppError `cancelled`, so call it between the steps that take long.
   */
  progress(step: number, steps: number): void;
}

/** What a stage says of a file it wrote; size and hash are taken afterwards from the file itself. */
export type WrittenFile = Omit<StageFile, 'sizeBytes' | 'sha256'>;

export type StageRun = (context: StageContext) => Promise<WrittenFile[]>;

/** The heavy half of a pipeline: one function for each stage of the declaration that bears its name. */
export interface PipelineRun {
  stages: Readonly<Record<string, StageRun>>;
}
