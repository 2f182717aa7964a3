import { z } from 'zod';
import { JOB_STATUSES } from '#lib/db/schema/jobs';
import type { JobResource, MetricsResource, OutputResource, ProgressResource } from '#lib/jobs/resource';
import { pageOf } from './page.ts';
import { bytes, moment, params, path, sha256, share } from './parts.ts';

export const jobStatusSchema = z.enum(JOB_STATUSES).meta({ id: 'JobStatus' });

const count = z.number().int().min(0);
const pixels = z.number().int().nullable();

const progressSchema = z
  .object({
    value: share.meta({ description: 'Of the whole job, 0 to 1.' }),
    stage: z.string().nullable().meta({ description: 'The one that runs.' }),
    stages_done: count,
    stages_total: count,
    step: count.nullable().meta({ description: 'Of `steps` within the stage.' }),
    steps: count.nullable(),
    eta_seconds: count.nullable().meta({
      description: 'Until the job is done, by past runs of its kind; null where too little is known.',
    }),
    preview_url: path
      .nullable()
      .meta({ description: 'What the result looks like so far; another address for each picture.' }),
  })
  .meta({ id: 'Progress' }) satisfies z.ZodType<ProgressResource>;

export const outputSchema = z
  .object({
    name: z.string(),
    role: z.string().meta({ description: 'What it is: `result`, `layer`, `depth`, `mask`, `poster` …' }),
    content_type: z.string(),
    size_bytes: bytes,
    sha256,
    width: pixels,
    height: pixels,
    url: path,
  })
  .meta({ id: 'Output', description: 'A file that a job made.' }) satisfies z.ZodType<OutputResource>;

const metricsSchema = z
  .object({
    stage_ms: z.record(z.string(), z.number()).meta({ description: 'By the name of each stage.' }),
    total_ms: z.number(),
    peak_memory_bytes: bytes.nullable(),
    device: z.string(),
  })
  .meta({ id: 'Metrics', description: 'What the run took.' }) satisfies z.ZodType<MetricsResource>;

const errorSchema = z
  .object({
    code: z.string(),
    message: z.string(),
    stage: z.string().nullable(),
    retryable: z.boolean(),
    suggestions: z.array(z.string()),
    models: z
      .array(z.string())
      .optional()
      .meta({ description: 'Those whose weights it waits for, where that is what is wrong.' }),
  })
  .meta({ id: 'JobError', description: 'Why a run failed. It is never an HTTP status.' });

export const jobSchema = z
  .object({
    id: z.uuid(),
    pipeline: z.string(),
    model: z.string(),
    status: jobStatusSchema,
    priority: z.number().int(),
    batch_id: z.uuid().nullable(),
    attempt: count,
    max_attempts: count,
    created_at: moment,
    updated_at: moment,
    started_at: moment.nullable(),
    completed_at: moment.nullable(),
    progress: progressSchema,
    queue_position: count.nullable().meta({ description: 'Of what waits, from 1.' }),
    waiting_reason: z.string().nullable(),
    params,
    inputs: z.array(z.object({ role: z.string(), upload_id: z.uuid(), filename: z.string() })),
    outputs: z.array(outputSchema),
    result_url: path.nullable(),
    error: errorSchema.nullable(),
    warnings: z.array(z.string()),
    metrics: metricsSchema.nullable(),
    message: z.string().meta({ description: 'How it stands, in words.' }),
    urls: z.object({ self: path, events: path, cancel: path, retry: path, archive: path }),
  })
  .meta({ id: 'Job' }) satisfies z.ZodType<JobResource>;

export const jobPageSchema = pageOf(jobSchema, 'JobPage');
