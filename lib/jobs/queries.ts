import {
  and,
  count,
  desc,
  eq,
  getTableColumns,
  gte,
  inArray,
  lt,
  lte,
  not,
  or,
  type SQL,
  sql,
} from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import { notFound } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import { JOB_STATUSES, jobInputs, jobOutputs, jobs, jobStages } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import { ACTIVE, PROCESSING } from './conditions.ts';
import { describeWaits } from './waiting.ts';
import { type Job, type JobOutput, type JobResource, type JobStatus, toJobResource } from './resource.ts';

export interface JobFilter {
  status?: JobStatus;
  pipeline?: string;
  model?: string;
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
  const [job] = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.id, id), eq(jobs.ownerId, actor.userId)));
  if (!job) throw notFound('job');
  const [resource] = await withParts(db, [job], now);
  return resource!;
}

/** The actor's jobs, newest first. */
export async function listJobResources(
  db: Database,
  actor: Actor,
  filter: JobFilter,
  now: number,
): Promise<JobPage> {
  const rows = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.ownerId, actor.userId), ...conditions(filter)))
    .orderBy(desc(jobs.id))
    .limit(filter.limit + 1);
  const page = rows.slice(0, filter.limit);
  const nextCursor = rows.length > page.length ? page.at(-1)!.id : null;
  return { items: await withParts(db, page, now), nextCursor };
}

/** The actor's jobs that wait or run, oldest first. */
export async function activeJobResources(
  db: Database,
  actor: Actor,
  limit: number,
  now: number,
): Promise<JobResource[]> {
  const rows = await db
    .select()
    .from(jobs)
    .where(and(eq(jobs.ownerId, actor.userId), ACTIVE))
    .orderBy(jobs.id)
    .limit(limit);
  return withParts(db, rows, now);
}

/** The actor's jobs that have ended, oldest first. */
export async function finishedJobIds(db: Database, actor: Actor): Promise<string[]> {
  const rows = await db
    .select({ id: jobs.id })
    .from(jobs)
    .where(and(eq(jobs.ownerId, actor.userId), not(ACTIVE)))
    .orderBy(jobs.id);
  return rows.map(({ id }) => id);
}

/** How many of the actor's jobs are in each state. */
export async function queueCounts(db: Database, actor: Actor): Promise<Record<JobStatus, number>> {
  return countByStatus(db, eq(jobs.ownerId, actor.userId));
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

/** Running jobs whose lease has run out, or whose worker is among `deadWorkers`. */
export async function abandonedJobs(db: Database, deadWorkers: string[], now: number): Promise<Job[]> {
  const lost = or(lte(jobs.leaseExpiresAt, now), inArray(jobs.workerId, deadWorkers));
  return db.select().from(jobs).where(and(PROCESSING, lost));
}

/** Of these ids, the ones that are jobs. */
export async function existingJobs(db: Database, ids: string[]): Promise<Set<string>> {
  const given = sql`(SELECT value FROM json_each(${JSON.stringify(ids)}))`;
  const rows = await db.select({ id: jobs.id }).from(jobs).where(inArray(jobs.id, given));
  return new Set(rows.map((row) => row.id));
}

function conditions(filter: JobFilter): (SQL | undefined)[] {
  return [
    filter.status && eq(jobs.status, filter.status),
    filter.pipeline === undefined ? undefined : eq(jobs.pipeline, filter.pipeline),
    filter.model === undefined ? undefined : eq(jobs.model, filter.model),
    filter.text === undefined ? undefined : mentions(filter.text),
    filter.createdAfter === undefined ? undefined : gte(jobs.createdAt, filter.createdAfter),
    filter.createdBefore === undefined ? undefined : lt(jobs.createdAt, filter.createdBefore),
    filter.cursor === undefined ? undefined : lt(jobs.id, filter.cursor),
  ];
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

/** Rows as resources, with their inputs and outputs read for all of them at once. */
async function withParts(db: Database, rows: Job[], now: number): Promise<JobResource[]> {
  const ids = rows.map((row) => row.id);
  const inputs = await db
    .select({ ...getTableColumns(jobInputs), filename: uploads.filename })
    .from(jobInputs)
    .innerJoin(uploads, eq(uploads.id, jobInputs.uploadId))
    .where(inArray(jobInputs.jobId, ids));
  const outputs = await db
    .select()
    .from(jobOutputs)
    .where(inArray(jobOutputs.jobId, ids))
    .orderBy(jobOutputs.position);
  const waits = await describeWaits(db, rows, now);
  return rows.map((row, index) =>
    toJobResource(row, {
      inputs: inputs.filter((input) => input.jobId === row.id),
      outputs: outputs.filter((output) => output.jobId === row.id),
      ...waits[index]!,
    }),
  );
}
