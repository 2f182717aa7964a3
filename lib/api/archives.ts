import type { Actor } from '#lib/core/actor';
import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { batchJobResources, getBatchResource } from '#lib/jobs/batches/batch-queries';
import type { BatchResource } from '#lib/jobs/batches/batch-resource';
import { getJobResource } from '#lib/jobs/job-resources';
import { outputsOf } from '#lib/jobs/queries';
import type { JobOutput, JobResource } from '#lib/jobs/resource';

/** Files to be saved as one. */
export interface Archive {
  filename: string;
  manifest: Manifest;
  files: ArchivedFile[];
}

/** What lies in an archive, and what was done to make it. A batch's pictures that made nothing say so among its items. */
interface Manifest {
  batch?: BatchResource;
  jobs: JobResource[];
  files: { path: string; job_id: string; size_bytes: number; sha256: string }[];
}

export interface ArchivedFile {
  /** Where it lies in the archive. */
  path: string;
  output: JobOutput;
}

/** Everything a job made. Throws AppError `not_found`, or `conflict` where it has not completed. */
export async function jobArchive(db: Database, actor: Actor, id: string, now: number): Promise<Archive> {
  const job = await getJobResource(db, actor, id, now);
  if (job.status !== 'completed') {
    throw new AppError('conflict', `This job is ${job.status}; only a completed one has files.`);
  }
  const files = (await outputsOf(db, [id])).map((output) => ({ path: output.name, output }));
  const filename = `${stemOf(job.inputs[0]?.filename ?? job.pipeline)}.zip`;
  return { filename, manifest: { jobs: [job], files: files.map(toEntry) }, files };
}

/** What a batch has made so far, in a folder for each picture. Throws AppError `not_found`. */
export async function batchArchive(db: Database, actor: Actor, id: string, now: number): Promise<Archive> {
  const batch = await getBatchResource(db, actor, id, now);
  const jobs = await batchJobResources(db, id, now);
  const completed = jobs.filter(({ status }) => status === 'completed').map((job) => job.id);
  const folders = foldersOf(batch);
  const outputs = await outputsOf(db, completed);
  const files = outputs.map((output) => ({ path: `${folders.get(output.jobId)}/${output.name}`, output }));
  const filename = `${stemOf(batch.name ?? 'batch')}.zip`;
  return { filename, manifest: { batch, jobs, files: files.map(toEntry) }, files };
}

/** A folder for each job, named by its picture; the place in front sets apart those of one name. */
function foldersOf({ items, total }: BatchResource): Map<string | null, string> {
  const digits = String(total).length;
  const place = (position: number) => String(position + 1).padStart(digits, '0');
  return new Map(
    items.map(({ job_id, position, filename }) => [job_id, `${place(position)} ${stemOf(filename)}`]),
  );
}

function toEntry({ path, output }: ArchivedFile): Manifest['files'][number] {
  return { path, job_id: output.jobId, size_bytes: output.sizeBytes, sha256: output.sha256 };
}

const LONGEST_STEM = 60;

/** A file name without its ending, such as every file system takes. */
function stemOf(filename: string): string {
  const stem = filename.replace(/\.\w{1,5}$/, '').replaceAll(/[^\p{L}\p{M}\p{N} ._-]+/gu, '_');
  const cut = Array.from(stem).slice(0, LONGEST_STEM).join('');
  return cut.replaceAll(/^[ .]+|[ .]+$/g, '') || 'picture';
}
