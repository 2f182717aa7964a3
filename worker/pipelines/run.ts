import type { StageFile } from '#lib/db/schema/job-values';
import type { SessionCache } from '#worker/engines/onnx/sessions';
import type { Picture } from './raster/size.ts';

/** A picture handed to a run: checked at intake, unchanged since. */
export interface InputImage {
  path: string;
  sha256: string;
  /** Pixels, after the EXIF orientation. */
  width: number;
  height: number;
}

/** How far a stage that takes long has got: an attempt that is cut off goes on from the last one it saved. */
export interface StageCheckpoint {
  /**
   * What an earlier attempt at this stage saved last, with every file as it was written; null where there is nothing to
   * go on from. Its files stay until this attempt saves.
   */
  readonly latest: { state: unknown; path(name: string): string } | null;
  /**
   * Save how far the stage is, in place of what was saved before: `state` is anything JSON can hold, `files` go by flat
   * names. Resolves once it would survive the loss of this machine's processes; one at a time. Throws AppError
   * `cancelled` as `progress` does, and whatever kept it from being saved, at which the stage has to end.
   */
  save(state: unknown, files: Record<string, Uint8Array>): Promise<void>;
}

/** What one stage works with. Everything it writes goes into `outDir`, flat, and is recorded once it returns. */
export interface StageContext {
  readonly jobId: string;
  /** Id of the pipeline that the stage belongs to. */
  readonly pipeline: string;
  readonly params: Readonly<Record<string, unknown>>;
  /** `auto`, or the id of a catalogue model for the pipeline's model task. */
  readonly model: string;
  /** Ids of the models that the job is run with, one for each task it needs a network for; see `modelFor`. */
  readonly models: readonly string[];
  readonly inputs: Readonly<Record<string, InputImage>>;
  readonly outDir: string;
  /** Milliseconds each earlier stage took. */
  readonly stageMs: Readonly<Record<string, number>>;
  readonly sessions: SessionCache;
  /** Processor threads that the stage may keep busy. */
  readonly threads: number;
  /** What the job's pictures and videos are to carry in their own metadata; null where they are to carry nothing. */
  readonly stamp: string | null;
  readonly checkpoint: StageCheckpoint;
  /** Path of a file that an earlier stage wrote. */
  fileOf(stage: string, name: string): string;
  /**
   * Say how far the stage is: `step` of `steps` done. Also the place where a cancelled run stops: it throws
   * AppError `cancelled`, so call it between the steps that take long.
   */
  progress(step: number, steps: number): void;
  /** Say something that whoever asked for the job should know of its result; a whole sentence. */
  warn(sentence: string): void;
  /** Show what the result looks like so far. May be called at every step: only one a second or so is taken. */
  preview(picture: Picture): void;
}

/** What a stage says of a file it wrote; size and hash are taken afterwards from the file itself. */
export type WrittenFile = Omit<StageFile, 'sizeBytes' | 'sha256'>;

/** Where stages that several pipelines share find the picture to work on. */
export type PictureSource = (context: StageContext) => string;

export type StageRun = (context: StageContext) => Promise<WrittenFile[]>;

/** The heavy half of a pipeline: one function for each stage of the declaration that bears its name. */
export interface PipelineRun {
  stages: Readonly<Record<string, StageRun>>;
}
