import { sql } from 'drizzle-orm';
import { type BoundStatement, given, prepared } from '#lib/db/prepared';
import { jobInputs, jobs } from '#lib/db/schema/jobs';
import { nextPosition } from '../batches/batch-places.ts';
import { JobKinds, kindOf } from './job-kinds.ts';
import { isPaused } from './pauses.ts';
import type { Job } from '../resource.ts';
import { nextTurn } from '../turns.ts';

/* The statements that make jobs: of one by its values, of many by two JSON texts. */

export interface NewJob {
  /** Made up here, where nobody has to know it beforehand. */
  id?: string;
  ownerId: string;
  pipeline: string;
  model: string;
  params: Record<string, unknown>;
  priority: number;
  maxAttempts: number;
  warnings: string[];
  inputs: { role: string; uploadId: string }[];
  /** Pixels of the inputs together. */
  inputPixels?: number;
  /** The batch it is one of, and its place there from 0. Enqueued by itself and without one, it takes the next. */
  batchId?: string | null;
  batchPosition?: number | null;
}

/** What the database alone knows of a new job. */
type Found = Pick<Job, 'vt' | 'held' | 'batchPosition'>;

const COLUMNS = sql`id, owner_id, pipeline, model, params, input_pixels, batch_id, batch_position, status, priority,
  vt, held, run_at, max_attempts, warnings, created_at, updated_at`;

const OWNER = given('ownerId');
const PRIORITY = given('priority');
const BATCH = given('batchId');
const NOW = given('now');

const ONE = prepared(
  sql`
    INSERT INTO ${jobs} (${COLUMNS})
    VALUES (${given('id')}, ${OWNER}, ${given('pipeline')}, ${given('model')}, ${given('params')},
      ${given('inputPixels')}, ${BATCH}, coalesce(${given('batchPosition')}, ${nextPosition(BATCH)}), 'pending',
      ${PRIORITY}, ${nextTurn(OWNER, PRIORITY)}, ${isPaused({ ownerId: OWNER, batchId: BATCH })}, ${NOW},
      ${given('maxAttempts')}, ${given('warnings')}, ${NOW}, ${NOW})
    RETURNING vt, held, batch_position`,
  ([row]): Found => ({
    vt: row![0] as number,
    held: row![1] === 1,
    batchPosition: row![2] as number | null,
  }),
);

export function insertJob(id: string, job: NewJob, now: number): BoundStatement<Found> {
  const { inputPixels = 0, batchPosition = null } = job;
  return ONE(Object.assign(kindOf(job), { id, inputPixels, batchPosition, now }));
}

const KIND_OWNER = sql`kind.value ->> 'ownerId'`;
const KIND_PRIORITY = sql`kind.value ->> 'priority'`;
const KIND_BATCH = sql`kind.value ->> 'batchId'`;

/** How long its owner's line is already is looked up once for each kind; each job says how many come before it. */
const MANY = prepared(
  sql`
    WITH kinds AS MATERIALIZED (
      SELECT key AS kind, ${KIND_OWNER} AS owner_id, value ->> 'pipeline' AS pipeline, value ->> 'model' AS model,
        value ->> 'params' AS params, value ->> 'maxAttempts' AS max_attempts, value ->> 'warnings' AS warnings,
        ${KIND_PRIORITY} AS priority, ${nextTurn(KIND_OWNER, KIND_PRIORITY)} AS turn, ${KIND_BATCH} AS batch_id,
        ${isPaused({ ownerId: KIND_OWNER, batchId: KIND_BATCH })} AS held
      FROM json_each(${given('kinds')}) AS kind)
    INSERT INTO ${jobs} (${COLUMNS})
    SELECT job.value ->> 1, owner_id, pipeline, model, params, job.value ->> 2, batch_id, job.value ->> 3, 'pending',
      priority, turn + (job.value ->> 4), held, ${NOW}, max_attempts, warnings, ${NOW}, ${NOW}
    FROM json_each(${given('jobs')}) AS job CROSS JOIN kinds ON kinds.kind = job.value ->> 0`,
  () => undefined,
);

/** As if they were enqueued one after the other. */
export function insertJobs(
  ids: readonly string[],
  many: readonly NewJob[],
  now: number,
): BoundStatement<undefined> {
  const kinds = new JobKinds();
  const rows = many.map((job, at) => {
    const { inputPixels = 0, batchPosition = null } = job;
    const { index, line } = kinds.of(job);
    return [index, ids[at], inputPixels, batchPosition, line.length++];
  });
  return MANY({ kinds: JSON.stringify(kinds.all), jobs: JSON.stringify(rows), now });
}

const INPUTS = prepared(
  sql`
    INSERT INTO ${jobInputs} (job_id, role, upload_id)
    SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${given('inputs')})`,
  () => undefined,
);

/** The statement that says which pictures jobs take; none where they take none. */
export function insertInputs(ids: readonly string[], many: readonly NewJob[]): BoundStatement<undefined>[] {
  const rows = many.flatMap(({ inputs }, at) =>
    inputs.map(({ role, uploadId }) => [ids[at], role, uploadId]),
  );
  return rows.length === 0 ? [] : [INPUTS({ inputs: JSON.stringify(rows) })];
}

/** What a job is at first, whatever it is to do. */
const UNTOUCHED = {
  status: 'pending',
  scheduled: false,
  attempt: 0,
  rescues: 0,
  crashes: 0,
  fence: 0,
  workerId: null,
  leaseExpiresAt: null,
  cancelRequestedAt: null,
  progress: null,
  error: null,
  metrics: null,
  startedAt: null,
  completedAt: null,
} as const;

/** The row that was made of a job. By `assign`: a spread of so many columns takes ten times as long. */
export function rowOf(id: string, job: NewJob, found: Found, now: number): Job {
  const { ownerId, pipeline, model, params, priority, maxAttempts, warnings } = job;
  const { inputPixels = 0, batchId = null } = job;
  const told = {
    id,
    ownerId,
    pipeline,
    model,
    params,
    priority,
    maxAttempts,
    warnings,
    inputPixels,
    batchId,
  };
  const times = { runAt: now, createdAt: now, updatedAt: now };
  return Object.assign({}, UNTOUCHED, told, times, found);
}
