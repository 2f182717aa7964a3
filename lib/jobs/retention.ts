import { and, asc, eq, exists, inArray, isNotNull, type SQL, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/sqlite-core';
import type { Database } from '#lib/db/client';
import { listed } from '#lib/db/listed';
import { users } from '#lib/db/schema/auth';
import { jobCheckpoints, jobInputs, jobOutputs, jobs, jobStages } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import { slices } from '#lib/db/slices';

/* What retention looks at. Which of it goes is decided in lib/pipelines; see docs/retention.md. */

/** A job that has ended, with what its own files take up. */
export interface FinishedJob {
  id: string;
  /** When it ended. */
  at: number;
  bytes: number;
}

/** A picture that was sent with a job and goes with the last one that takes it. */
export interface SentPicture {
  uploadId: string;
  sha256: string;
  sizeBytes: number;
  /** Jobs that take it, ended or not. */
  takers: number;
}

/** Everybody who may own jobs and uploads. */
export async function ownerIds(db: Database): Promise<string[]> {
  const rows = await db.select({ id: users.id }).from(users).orderBy(users.id);
  return rows.map(({ id }) => id);
}

/** An owner's jobs that have ended, oldest end first; none of a batch that is still under way. */
export async function* finishedJobs(db: Database, ownerId: string): AsyncGenerator<FinishedJob[], void> {
  const read = (after: HistoryRow | undefined, limit: number) => history(db, ownerId, after, limit);
  for await (const rows of slices(read)) {
    yield rows.filter(({ batchActive }) => batchActive === 0);
  }
}

type HistoryRow = Awaited<ReturnType<typeof history>>[number];

/** Rows that do not count are marked, not skipped: so a statement never looks further than its limit. */
async function history(
  db: Database,
  ownerId: string,
  after: { at: number; id: string } | undefined,
  limit: number,
) {
  const later = after && sql`(${jobs.completedAt}, ${jobs.id}) > (${after.at}, ${after.id})`;
  return db
    .select({
      id: jobs.id,
      at: sql<number>`${jobs.completedAt}`.as('at'),
      bytes: BYTES.as('bytes'),
      batchActive: sql<number>`${exists(activeOfItsBatch(db))}`.as('batch_active'),
    })
    .from(jobs)
    .where(and(eq(jobs.ownerId, ownerId), isNotNull(jobs.completedAt), later))
    .orderBy(asc(jobs.completedAt), asc(jobs.id))
    .limit(limit);
}

function activeOfItsBatch(db: Database) {
  const other = alias(jobs, 'other');
  return db
    .select({ id: other.id })
    .from(other)
    .where(and(eq(other.batchId, jobs.batchId), sql`${other.status} IN ('pending','processing')`));
}

/** Of a completed job its outputs; of another, what it would go on from. */
const BYTES: SQL<number> = sql`
  CASE ${jobs.status} WHEN 'completed'
  THEN (SELECT coalesce(sum(size_bytes), 0) FROM ${jobOutputs} WHERE job_id = jobs.id)
  ELSE (SELECT coalesce(sum(value ->> 'sizeBytes'), 0) FROM (
    SELECT files FROM ${jobStages} WHERE job_id = jobs.id
    UNION ALL SELECT files FROM ${jobCheckpoints} WHERE job_id = jobs.id), json_each(files)) END`;

/** The pictures that were sent with these jobs, by job. */
export async function sentPictures(db: Database, jobIds: string[]): Promise<Map<string, SentPicture[]>> {
  const rows = await db
    .select({
      jobId: jobInputs.jobId,
      uploadId: uploads.id,
      sha256: uploads.sha256,
      sizeBytes: uploads.sizeBytes,
      takers: sql<number>`(SELECT count(*) FROM ${jobInputs} AS taking WHERE taking.upload_id = uploads.id)`,
    })
    .from(jobInputs)
    .innerJoin(uploads, eq(uploads.id, jobInputs.uploadId))
    .where(and(inArray(jobInputs.jobId, listed(jobIds)), eq(uploads.kept, false)));
  const byJob = new Map<string, SentPicture[]>();
  for (const { jobId, ...picture } of rows) byJob.set(jobId, [...(byJob.get(jobId) ?? []), picture]);
  return byJob;
}
