import { and, count, desc, eq, getTableColumns, gt, gte, inArray, lt, or, type SQL, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { notFound } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { pageOfRows } from '#lib/db/page';
import { JOB_STATUSES, jobInputs, jobOutputs, jobs, jobStages } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import { slices } from '#lib/db/slices';
import { previewKey } from './files.ts';
import { ACTIVE, ENDED, isIn, PENDING, PROCESSING } from './statements/conditions.ts';
import { describeWaits } from './waiting.ts';
import {
  type Job,
  type JobOutput,
  type JobResource,
  type JobStatus,
  type RunningJob,
  toJobResource,
} from './resource.ts';

export interface JobFilter {
  status?: JobStatus;
  pipeline?: string;
  model?: string;
  batchId?: string;
  /** Found in a parameter's value or in an input's file name. */
  text?: string;
  createdAfter?: number;
  createdBefore?: number;
  /** `nextCursor` of the page before. */
  cursor?: string;
  limit: number;
}

export interface JobPage {
  items: JobResource[];
  nextCursor: string | null;
}

/** One job of the actor's own. Throws `not_found`. */
export async function getJobResource(
  db: Database,
  actor: Actor,
  id: string,
  now: number,
): Promise<JobResource> {
  const [resource] = await withParts(db, [await findJob(db, actor, id)], now);
  return resource!;
}

/** The row of a job of the actor's own. Throws `not_found`. */
export async function findJob(db: Database, actor: Actor, id: string): Promise<Job> {
  const [job] = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.id, id), eq(jobs.ownerId, actor.userId)));
  if (!job) throw notFound('job');
  return job;
}

/** The actor's jobs, newest first. */
export async function listJobResources(
  db: Database,
  actor: Actor,
  filter: JobFilter,
  now: number,
): Promise<JobPage> {
  const found = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.ownerId, actor.userId), ...conditions(filter)))
    .orderBy(newestFirst(filter))
    .limit(filter.limit + 1);
  const { rows, nextCursor } = pageOfRows(found, filter.limit);
  return { items: await withParts(db, rows, now), nextCursor };
}

/** The actor's jobs that run, and as many of those that wait as `limit` says, the ones that go next; oldest first. */
export async function activeJobResources(
  db: Database,
  actor: Actor,
  limit: number,
  now: number,
): Promise<JobResource[]> {
  const own = eq(jobs.ownerId, actor.userId);
  const running = db.select({ id: jobs.id }).from(jobs).where(and(own, PROCESSING));
  const next = db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(own, PENDING))
    .orderBy(jobs.held, desc(jobs.priority), jobs.vt)
    .limit(limit);
  const rows = await db
    .select()
    .from(jobs)
    .where(sql`${jobs.id} IN (SELECT id FROM (${running}) UNION ALL SELECT id FROM (${next}))`)
    .orderBy(jobs.id);
  return withParts(db, rows, now);
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

/** How many of the actor's jobs are in each state. */
export async function queueCounts(db: Database, actor: Actor): Promise<Record<JobStatus, number>> {
  const active = await activeCounts(db, actor);
  const ended = await countByStatus(db, and(eq(jobs.ownerId, actor.userId), ENDED));
  return { ...ended, pending: active.pending, processing: active.processing };
}

/** The same for the active states alone, whatever the length of the history. */
export async function activeCounts(db: Database, actor: Actor): Promise<Record<JobStatus, number>> {
  return countByStatus(db, and(eq(jobs.ownerId, actor.userId), ACTIVE));
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

function conditions(filter: JobFilter): (SQL | undefined)[] {
  return [
    filter.status && isIn(filter.status),
    filter.pipeline === undefined ? undefined : eq(jobs.pipeline, filter.pipeline),
    filter.model === undefined ? undefined : eq(jobs.model, filter.model),
    filter.batchId === undefined ? undefined : eq(jobs.batchId, filter.batchId),
    filter.text === undefined ? undefined : mentions(filter.text),
    filter.createdAfter === undefined ? undefined : gte(jobs.createdAt, filter.createdAfter),
    filter.createdBefore === undefined ? undefined : lt(jobs.createdAt, filter.createdBefore),
    filter.cursor === undefined ? undefined : lt(jobs.id, filter.cursor),
  ];
}

/** The few active jobs are sorted: left to itself, SQLite would look for them through the whole history. */
function newestFirst({ status }: JobFilter): SQL {
  return status === 'pending' || status === 'processing' ? sql`+${jobs.id} DESC` : desc(jobs.id);
}

function mentions(text: string): SQL | undefined {
  const pattern = `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const contains = (column: SQL | typeof uploads.filename) => sql`${column} LIKE ${pattern} ESCAPE '\\'`;
  const valued = sql`EXISTS (SELECT 1 FROM json_each(${jobs.params}) AS param
    WHERE ${contains(sql`param.value`)})`;
  const named = sql`EXISTS (SELECT 1 FROM ${jobInputs} JOIN ${uploads} ON ${uploads.id} = ${jobInputs.uploadId}
    WHERE ${jobInputs.jobId} = ${jobs.id} AND ${contains(uploads.filename)})`;
  return or(valued, named);
}

async function countByStatus(db: Database, where: SQL | undefined): Promise<Record<JobStatus, number>> {
  const rows = await db
    .select({ status: jobs.status, total: count() })
    .from(jobs)
    .where(where)
    .groupBy(jobs.status);
  const counts = Object.fromEntries(JOB_STATUSES.map((status) => [status, 0])) as Record<JobStatus, number>;
  for (const { status, total } of rows) counts[status] = total;
  return counts;
}

/** Rows of one owner as resources, with their inputs and outputs read for all of them at once. */
export async function withParts(db: Database, rows: Job[], now: number): Promise<JobResource[]> {
  const ids = rows.map((row) => row.id);
  const inputs = await db
    .select({ ...getTableColumns(jobInputs), filename: uploads.filename })
    .from(jobInputs)
    .innerJoin(uploads, eq(uploads.id, jobInputs.uploadId))
    .where(inArray(jobInputs.jobId, ids))
    .orderBy(sql`${jobInputs}.rowid`);
  const inputsOf = byJob(inputs);
  const madeBy = byJob(await outputsOf(db, ids));
  const waits = await describeWaits(db, rows, now);
  return rows.map((row, index) =>
    toJobResource(row, {
      inputs: inputsOf.get(row.id) ?? [],
      outputs: madeBy.get(row.id) ?? [],
      ...waits[index]!,
    }),
  );
}

function byJob<Row extends { jobId: string }>(rows: readonly Row[]): Map<string, Row[]> {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const group = groups.get(row.jobId);
    if (group) group.push(row);
    else groups.set(row.jobId, [row]);
  }
  return groups;
}
