import { and, eq, gt, inArray } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { notFound } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { jobInputs, jobOutputs, jobs, jobStages } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import { slices } from '#lib/db/slices';
import { previewKey } from './files.ts';
import type { Job, JobOutput, RunningJob } from './resource.ts';
import { ENDED, PROCESSING } from './statements/conditions.ts';

/** The row of a job of the actor's own. Throws `not_found`. */
export async function findJob(db: Database, actor: Actor, id: string): Promise<Job> {
  const [job] = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.id, id), eq(jobs.ownerId, actor.userId)));
  if (!job) throw notFound('job');
  return job;
}

/** The actor's jobs that have ended, oldest first. */
export function finishedJobIds(db: Database, actor: Actor): AsyncGenerator<{ id: string }[], void> {
  return slices((after, limit) =>
    db
      .select({ id: jobs.id })
      .from(jobs)
      .where(and(eq(jobs.ownerId, actor.userId), ENDED, after && gt(jobs.id, after.id)))
      .orderBy(jobs.id)
      .limit(limit),
  );
}

/** An output of a job of the actor's own. Throws `not_found`. */
export async function findOutput(
  db: Database,
  actor: Actor,
  jobId: string,
  name: string,
): Promise<JobOutput> {
  const [row] = await db
    .select({ output: jobOutputs })
    .from(jobOutputs)
    .innerJoin(jobs, eq(jobs.id, jobOutputs.jobId))
    .where(and(eq(jobOutputs.jobId, jobId), eq(jobOutputs.name, name), eq(jobs.ownerId, actor.userId)));
  if (!row) throw notFound('file');
  return row.output;
}

/** Whose a job is; for whoever holds what its owner has handed on. Throws `not_found`. */
export async function ownerOfJob(db: Database, id: string): Promise<string> {
  const [job] = await db.select({ ownerId: jobs.ownerId }).from(jobs).where(eq(jobs.id, id));
  if (!job) throw notFound('job');
  return job.ownerId;
}

/** Key of the latest preview of a job of the actor's own that runs. Throws `not_found`. */
export async function findPreviewKey(db: Database, actor: Actor, jobId: string): Promise<string> {
  const [job] = await db
    .select({ fence: jobs.fence, progress: jobs.progress })
    .from(jobs)
    .where(and(eq(jobs.id, jobId), eq(jobs.ownerId, actor.userId), PROCESSING));
  if (!job || job.progress?.preview?.fence !== job.fence) throw notFound('preview');
  return previewKey(jobId, job.fence);
}

/** What these jobs made: each one's outputs in their order. */
export async function outputsOf(db: Database, jobIds: string[]): Promise<JobOutput[]> {
  return db
    .select()
    .from(jobOutputs)
    .where(inArray(jobOutputs.jobId, jobIds))
    .orderBy(jobOutputs.jobId, jobOutputs.position);
}

/** The stages of a job that are done, in no particular order. */
export async function finishedStages(
  db: Database,
  jobId: string,
): Promise<(typeof jobStages.$inferSelect)[]> {
  return db.select().from(jobStages).where(eq(jobStages.jobId, jobId));
}

/** The pictures a job takes, by role. */
export async function jobUploads(db: Database, jobId: string) {
  return db
    .select({ role: jobInputs.role, upload: uploads })
    .from(jobInputs)
    .innerJoin(uploads, eq(uploads.id, jobInputs.uploadId))
    .where(eq(jobInputs.jobId, jobId));
}

/** Every job that somebody holds. */
export async function runningJobs(db: Database): Promise<RunningJob[]> {
  const { id, workerId, fence, leaseExpiresAt, attempt, rescues, progress } = jobs;
  return db
    .select({ id, workerId, fence, leaseExpiresAt, attempt, rescues, progress })
    .from(jobs)
    .where(PROCESSING);
}
