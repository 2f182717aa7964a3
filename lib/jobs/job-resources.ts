import { and, desc, eq, getTableColumns, inArray, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { pageOfRows } from '#lib/db/page';
import { jobInputs, jobs } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import { conditionsOf, type JobFilter, newestFirst } from './job-filter.ts';
import { findJob, outputsOf } from './queries.ts';
import { type Job, type JobResource, toJobResource } from './resource.ts';
import { PENDING, PROCESSING } from './statements/conditions.ts';
import { describeWaits } from './waiting.ts';

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
    .where(and(eq(jobs.ownerId, actor.userId), ...conditionsOf(filter)))
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
