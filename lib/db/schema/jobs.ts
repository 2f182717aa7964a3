import { type SQL, sql } from 'drizzle-orm';
import {
  check,
  index,
  integer,
  primaryKey,
  type SQLiteColumn,
  sqliteTable,
  text,
} from 'drizzle-orm/sqlite-core';
import { users } from './auth.ts';
import { batches } from './batches.ts';
import type { CheckpointFile, JobError, JobMetrics, JobProgress, StageFile } from './job-values.ts';
import { uploads } from './media.ts';

export const JOB_STATUSES = ['pending', 'processing', 'completed', 'failed', 'cancelled'] as const;

export const jobs = sqliteTable(
  'jobs',
  {
    id: text().primaryKey(),
    ownerId: text('owner_id')
      .notNull()
      .references(() => users.id, { onDelete: 'cascade' }),
    pipeline: text().notNull(),
    model: text().notNull(),
    params: text({ mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    /** Pixels of its pictures together: how much work it is, against others of its pipeline and model. */
    inputPixels: integer('input_pixels').notNull().default(0),
    /** The batch it is one of, and its place there from 0. */
    batchId: text('batch_id').references(() => batches.id),
    batchPosition: integer('batch_position'),
    status: text({ enum: JOB_STATUSES }).notNull(),
    priority: integer().notNull().default(0),
    /** Virtual time: among jobs of one priority, the lowest goes first. Stamped at the enqueue, so that owners take turns. */
    vt: integer().notNull().default(0),
    /** Not claimed before this moment; later than its creation only after a failed attempt. */
    runAt: integer('run_at').notNull(),
    /** Waits for `runAt`. Such rows are kept out of the index that claims read. */
    scheduled: integer({ mode: 'boolean' }).notNull().default(false),
    /** Its owner's queue or its batch is paused. Likewise. */
    held: integer({ mode: 'boolean' }).notNull().default(false),
    attempt: integer().notNull().default(0),
    maxAttempts: integer('max_attempts').notNull(),
    /** How often a worker died while it ran this. Such an attempt is not counted. */
    rescues: integer().notNull().default(0),
    /** How often it ended the process that computed it, with no other job there to blame. */
    crashes: integer().notNull().default(0),
    /** Who holds the lease. */
    workerId: text('worker_id'),
    /** Raised at every claim: a write that carries an older one comes from a lost lease and is dropped. */
    fence: integer().notNull().default(0),
    leaseExpiresAt: integer('lease_expires_at'),
    cancelRequestedAt: integer('cancel_requested_at'),
    progress: text({ mode: 'json' }).$type<JobProgress>(),
    error: text({ mode: 'json' }).$type<JobError>(),
    warnings: text({ mode: 'json' }).$type<string[]>().notNull(),
    metrics: text({ mode: 'json' }).$type<JobMetrics>(),
    createdAt: integer('created_at').notNull(),
    updatedAt: integer('updated_at').notNull(),
    startedAt: integer('started_at'),
    completedAt: integer('completed_at'),
  },
  (table) => [
    check('jobs_status', isOneOf(table.status, JOB_STATUSES)),
    check(
      'jobs_lease',
      sql`(${table.status} = 'processing') = (${table.workerId} IS NOT NULL AND ${table.leaseExpiresAt} IS NOT NULL)`,
    ),
    check(
      'jobs_finished',
      sql`(${table.status} NOT IN ('pending','processing')) = (${table.completedAt} IS NOT NULL)`,
    ),
    check('jobs_error', sql`${table.status} <> 'failed' OR ${table.error} IS NOT NULL`),
    index('jobs_ready')
      .on(sql`priority DESC`, table.vt)
      .where(sql`status = 'pending' AND scheduled = 0 AND held = 0`),
    index('jobs_scheduled')
      .on(table.runAt)
      .where(sql`status = 'pending' AND scheduled = 1`),
    index('jobs_active')
      .on(table.status, table.ownerId, table.held, sql`priority DESC`, table.vt)
      .where(sql`status IN ('pending','processing')`),
    index('jobs_batch')
      .on(table.batchId, table.batchPosition)
      .where(sql`batch_id IS NOT NULL`),
    index('jobs_batch_active')
      .on(table.batchId)
      .where(sql`batch_id IS NOT NULL AND status IN ('pending','processing')`),
    // With all that a count of the days asks for, so that it reads no rows.
    index('jobs_history')
      .on(table.ownerId, table.completedAt, table.status, sql`metrics ->> 'totalMs'`)
      .where(sql`completed_at IS NOT NULL`),
    index('jobs_owner').on(table.ownerId, table.id),
    index('jobs_owner_ended')
      .on(table.ownerId, table.status, table.id)
      .where(sql`status NOT IN ('pending','processing')`),
  ],
);

/** As comparisons: for a list of more than two, SQLite makes a table anew at each row that it writes. */
function isOneOf(column: SQLiteColumn, values: readonly string[]): SQL {
  return sql.join(
    values.map((value) => sql`${column} = ${sql.raw(`'${value}'`)}`),
    sql` OR `,
  );
}

/** Which picture plays which part in a job. */
export const jobInputs = sqliteTable(
  'job_inputs',
  {
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    role: text().notNull(),
    uploadId: text('upload_id')
      .notNull()
      .references(() => uploads.id),
  },
  (table) => [
    primaryKey({ columns: [table.jobId, table.role] }),
    index('job_inputs_upload').on(table.uploadId),
  ],
);

/** A finished stage: a retry starts at the first stage that has no row here. */
export const jobStages = sqliteTable(
  'job_stages',
  {
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    stage: text().notNull(),
    /** The lease it was made under; its files lie in a folder of that name, out of a lost attempt's reach. */
    fence: integer().notNull(),
    files: text({ mode: 'json' }).$type<StageFile[]>().notNull(),
    elapsedMs: integer('elapsed_ms').notNull(),
    /** What it had to say of its result. */
    warnings: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    /** Ids of the models it ran. */
    models: text({ mode: 'json' }).$type<string[]>().notNull().default([]),
    completedAt: integer('completed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.stage] })],
);

/** How far a stage that is not finished had got, when it last said so: its next attempt goes on from there. */
export const jobCheckpoints = sqliteTable(
  'job_checkpoints',
  {
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    stage: text().notNull(),
    /** The lease it was saved under. */
    fence: integer().notNull(),
    /** Counts the checkpoints of the stage, from 1; the files of each lie in a folder of its own. */
    sequence: integer().notNull(),
    /** What the stage wrote down for itself. */
    state: text({ mode: 'json' }).$type<unknown>().notNull(),
    files: text({ mode: 'json' }).$type<CheckpointFile[]>().notNull(),
    /** Spent on the stage up to here, over all attempts. */
    elapsedMs: integer('elapsed_ms').notNull(),
    savedAt: integer('saved_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.stage] })],
);

export const jobOutputs = sqliteTable(
  'job_outputs',
  {
    jobId: text('job_id')
      .notNull()
      .references(() => jobs.id, { onDelete: 'cascade' }),
    name: text().notNull(),
    position: integer().notNull(),
    role: text().notNull(),
    contentType: text('content_type').notNull(),
    sizeBytes: integer('size_bytes').notNull(),
    sha256: text().notNull(),
    width: integer(),
    height: integer(),
    /** Key in the file store. */
    fileKey: text('file_key').notNull(),
  },
  (table) => [primaryKey({ columns: [table.jobId, table.name] })],
);
