import { desc, eq, gte, lt, or, type SQL, sql } from 'drizzle-orm';
import { jobInputs, jobs } from '#lib/db/schema/jobs';
import { uploads } from '#lib/db/schema/media';
import type { JobStatus } from './resource.ts';
import { isIn } from './statements/conditions.ts';

/** Which of somebody's jobs are listed. */
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

/** What a job has to meet. */
export function conditionsOf(filter: JobFilter): (SQL | undefined)[] {
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

/** The order of a list. The few active jobs are sorted: left to itself, SQLite would look for them through the whole history. */
export function newestFirst({ status }: JobFilter): SQL {
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
