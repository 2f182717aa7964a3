import { and, count, desc, eq, inArray, lt, sql } from 'drizzle-orm';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { pageOfRows } from '#lib/db/page';
import { batches } from '#lib/db/schema/batches';
import { jobInputs, jobs } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import {
  type BatchResource,
  type BatchSummary,
  type Tally,
  tallyOf,
  toBatchItem,
  toBatchSummary,
  toRefusedItem,
} from './batch-resource.ts';
import { type Batch, findBatch } from './batches.ts';
import { withParts } from '../job-resources.ts';
import { type Job, type JobResource, toJobResource } from '../resource.ts';
import { describeWaits } from '../waiting.ts';

export interface BatchPage {
  items: BatchSummary[];
  nextCursor: string | null;
}

/** A batch of the actor's own with each of its pictures. Throws `not_found`. */
export async function getBatchResource(
  db: Database,
  actor: Actor,
  id: string,
  now: number,
): Promise<BatchResource> {
  const batch = await findBatch(db, actor, id);
  const items = [...(await jobItems(db, id, now)), ...batch.refused.map(toRefusedItem)];
  const inOrder = items.sort((a, b) => a.position - b.position);
  return { ...toBatchSummary(batch, tallyOf(inOrder)), items: inOrder };
}

/** The actor's batches, newest first. */
export async function listBatchSummaries(
  db: Database,
  actor: Actor,
  { cursor, limit }: { cursor?: string; limit: number },
): Promise<BatchPage> {
  const found = await db
    .select()
    .from(batches)
    .where(and(eq(batches.ownerId, actor.userId), cursor === undefined ? undefined : lt(batches.id, cursor)))
    .orderBy(desc(batches.id))
    .limit(limit + 1);
  const { rows, nextCursor } = pageOfRows(found, limit);
  const tallies = await talliesOf(db, rows);
  const items = rows.map((batch) => toBatchSummary(batch, tallies.get(batch.id) ?? []));
  return { items, nextCursor };
}

/** The jobs of a batch with all that belongs to them, in their order. */
export async function batchJobResources(db: Database, id: string, now: number): Promise<JobResource[]> {
  return withParts(db, await jobsInOrder(db, id), now);
}

function jobsInOrder(db: Database, batchId: string): Promise<Job[]> {
  return db.select().from(jobs).where(eq(jobs.batchId, batchId)).orderBy(jobs.batchPosition);
}

async function jobItems(db: Database, batchId: string, now: number) {
  const rows = await jobsInOrder(db, batchId);
  const filenames = await filenamesOf(db, batchId);
  const waits = await describeWaits(db, rows, now);
  return rows.map((row, index) => {
    const resource = toJobResource(row, { inputs: [], outputs: [], ...waits[index]! });
    return toBatchItem(resource, row.batchPosition!, filenames.get(row.id) ?? '');
  });
}

/** What the one picture of each job was called. */
async function filenamesOf(db: Database, batchId: string): Promise<Map<string, string>> {
  const rows = await db
    .select({ jobId: jobInputs.jobId, filename: uploads.filename })
    .from(jobs)
    .innerJoin(jobInputs, eq(jobInputs.jobId, jobs.id))
    .innerJoin(uploads, eq(uploads.id, jobInputs.uploadId))
    .where(eq(jobs.batchId, batchId));
  return new Map(rows.map(({ jobId, filename }) => [jobId, filename]));
}

/** How many jobs of each batch are in each state, and how far they are together. */
async function talliesOf(db: Database, page: readonly Batch[]): Promise<Map<string, Tally[]>> {
  const progress = sql<number>`total(json_extract(${jobs.progress}, '$.value'))`;
  const rows = await db
    .select({ batchId: jobs.batchId, status: jobs.status, count: count(), progress })
    .from(jobs)
    .where(
      inArray(
        jobs.batchId,
        page.map(({ id }) => id),
      ),
    )
    .groupBy(jobs.batchId, jobs.status);
  return new Map(
    page.map(({ id, refused }) => {
      const ofJobs = rows.filter((row) => row.batchId === id);
      return [id, [...ofJobs, { status: 'refused' as const, count: refused.length, progress: 0 }]];
    }),
  );
}
