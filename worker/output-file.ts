import type { StageFile } from '#lib/db/schema/job-values';

/** A file that a job gives, where others are for its later stages only. */
export type OutputFile = StageFile & { role: string };

export function isOutput(file: StageFile): file is OutputFile {
  return file.role !== null;
}
