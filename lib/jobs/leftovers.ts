import { inArray } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { listed } from '#lib/db/listed';
import { jobCheckpoints, jobOutputs, jobs, jobStages } from '#lib/db/schema/jobs';
import { attemptFolder, checkpointFolder, stageFolder } from './files.ts';

/* What a process that died may have left of jobs. */

export async function isAnyJobThere(db: Database): Promise<boolean> {
  return (await db.select({ id: jobs.id }).from(jobs).limit(1)).length > 0;
}

/** When each of these jobs last changed. One that is gone is not in the answer. */
export async function lastChanges(db: Database, jobIds: string[]): Promise<Map<string, number>> {
  const rows = await db
    .select({ id: jobs.id, updatedAt: jobs.updatedAt })
    .from(jobs)
    .where(inArray(jobs.id, listed(jobIds)));
  return new Map(rows.map(({ id, updatedAt }) => [id, updatedAt]));
}

/** The files of one job that somebody may still ask for. */
export interface FilesInUse {
  recorded: Set<string>;
  /** Where a running attempt writes; null where none runs. */
  underWay: string | null;
}

/**
 * Which files of these jobs are in use: of a completed one its outputs, of another what its next attempt goes on from. To
 * be asked after the files were listed, for then whatever is not named will never be: an attempt that begins later
 * writes under a new fence, and one that has lost its lease can record nothing.
 */
export async function filesInUse(db: Database, jobIds: string[]): Promise<Map<string, FilesInUse>> {
  // The jobs before their records: whatever is recorded in between was written under the fence seen here, or a newer one.
  const rows = await db
    .select({ id: jobs.id, status: jobs.status, fence: jobs.fence })
    .from(jobs)
    .where(inArray(jobs.id, listed(jobIds)));
  const unfinished = rows.filter(({ status }) => status !== 'completed').map(({ id }) => id);
  const keys = [...(await outputKeys(db, jobIds)), ...(await resumableKeys(db, unfinished))];
  const inUse = new Map<string, FilesInUse>();
  for (const { id, status, fence } of rows) {
    const underWay = status === 'processing' ? `${attemptFolder(id, fence)}/` : null;
    inUse.set(id, { recorded: new Set(), underWay });
  }
  for (const { jobId, key } of keys) inUse.get(jobId)?.recorded.add(key);
  return inUse;
}

interface JobKey {
  jobId: string;
  key: string;
}

async function outputKeys(db: Database, jobIds: string[]): Promise<JobKey[]> {
  return db
    .select({ jobId: jobOutputs.jobId, key: jobOutputs.fileKey })
    .from(jobOutputs)
    .where(inArray(jobOutputs.jobId, listed(jobIds)));
}

async function resumableKeys(db: Database, jobIds: string[]): Promise<JobKey[]> {
  const ids = listed(jobIds);
  const stages = await db.select().from(jobStages).where(inArray(jobStages.jobId, ids));
  const { jobId, stage, fence, sequence, files } = jobCheckpoints;
  const checkpoints = await db
    .select({ jobId, stage, fence, sequence, files })
    .from(jobCheckpoints)
    .where(inArray(jobId, ids));
  return [
    ...stages.flatMap((row) => keysIn(stageFolder(row.jobId, row.fence, row.stage), row)),
    ...checkpoints.flatMap((row) =>
      keysIn(checkpointFolder(row.jobId, row.fence, row.stage, row.sequence), row),
    ),
  ];
}

function keysIn(folder: string, { jobId, files }: { jobId: string; files: { name: string }[] }): JobKey[] {
  return files.map(({ name }) => ({ jobId, key: `${folder}/${name}` }));
}
