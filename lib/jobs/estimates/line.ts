import { sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import type { JobProgress } from '#lib/db/schema/job-values';
import { jobs, jobStages } from '#lib/db/schema/jobs';
import { IN_LINE, PROCESSING, READY } from '../statements/conditions.ts';

/** How much of the line is looked at, so that it takes the same time however long it is. */
export const LINE_COUNTED = 1000;

/** A job as far as it matters to those behind it. */
export interface JobInLine {
  id: string;
  pipeline: string;
  model: string;
  inputPixels: number;
  /** The stages that are done. */
  done: string[];
}

/** One that runs. */
export interface JobUnderWay extends JobInLine {
  workerId: string | null;
  progress: JobProgress | null;
  updatedAt: number;
}

/** Finished stages as a JSON text; null for a job that was never claimed, of which none need be looked for. */
const DONE = sql<string | null>`CASE WHEN ${jobs.fence} > 0 THEN
  (SELECT json_group_array(${jobStages.stage}) FROM ${jobStages} WHERE ${jobStages.jobId} = ${jobs.id}) END`;

/** Everybody's jobs that are ready, those that go first at the front. One row of JSON: a tenth of the time of many rows. */
export async function readLine(db: Database): Promise<JobInLine[]> {
  const line = db
    .select({
      id: jobs.id,
      pipeline: jobs.pipeline,
      model: jobs.model,
      inputPixels: jobs.inputPixels,
      done: DONE.as('done'),
      position: sql`row_number() OVER (ORDER BY ${IN_LINE})`.as('position'),
    })
    .from(jobs)
    .where(READY)
    .orderBy(IN_LINE)
    .limit(LINE_COUNTED)
    .as('line');
  const entry = sql`json_array(${line.position}, ${line.id}, ${line.pipeline}, ${line.model}, ${line.inputPixels}, json(${line.done}))`;
  const [row] = await db.select({ entries: sql<string>`json_group_array(${entry})` }).from(line);
  const entries = JSON.parse(row!.entries) as [number, string, string, string, number, string[] | null][];
  // Not by an ORDER BY within the aggregate, which a libSQL server refuses to read.
  entries.sort(([first], [second]) => first - second);
  return entries.map(([, id, pipeline, model, inputPixels, done]) => ({
    id,
    pipeline,
    model,
    inputPixels,
    done: done ?? [],
  }));
}

/** Everybody's jobs that run. */
export async function readRunning(db: Database): Promise<JobUnderWay[]> {
  const rows = await db
    .select({
      id: jobs.id,
      pipeline: jobs.pipeline,
      model: jobs.model,
      inputPixels: jobs.inputPixels,
      done: DONE,
      workerId: jobs.workerId,
      progress: jobs.progress,
      updatedAt: jobs.updatedAt,
    })
    .from(jobs)
    .where(PROCESSING);
  return rows.map((row) => ({ ...row, done: JSON.parse(row.done ?? '[]') as string[] }));
}
