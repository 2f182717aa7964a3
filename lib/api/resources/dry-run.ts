import { z } from 'zod';
import type { ForecastResource } from '#lib/pipelines/submission/forecast';
import type { JobRehearsal } from '#lib/pipelines/submission/rehearse';
import type { BatchRehearsal } from '#lib/pipelines/submission/rehearse-batch';
import { taskSchema } from './models.ts';
import { bytes, params } from './parts.ts';

const seconds = z.number().int().min(0);
const pixels = z.number().int().min(1);
const quota = z.object({ used: z.number().int(), limit: z.number().int().nullable() });

const forecastShape = z.object({
  models: z
    .array(z.object({ task: taskSchema, id: z.string(), title: z.string() }))
    .nullable()
    .meta({ description: 'Those that would run; null where the workers are on other machines.' }),
  weights: z
    .object({
      missing: z.array(z.object({ model: z.string(), name: z.string(), size_bytes: bytes })),
      download_bytes: bytes.meta({ description: 'What comes over the line for them.' }),
      write_bytes: bytes.meta({ description: 'What is written for them.' }),
      free_bytes: bytes.meta({ description: 'On the disk of the weights.' }),
      fits: z.boolean(),
      fetched_by_worker: z.boolean().meta({ description: 'Or by the operator, where not.' }),
    })
    .nullable(),
  memory: z
    .object({
      needed_bytes: bytes.nullable().meta({ description: 'Null where no model tells.' }),
      available_bytes: bytes,
      fits: z.boolean(),
    })
    .nullable(),
  obstacles: z.array(z.string()).meta({ description: 'Why it would not run as things are.' }),
  queue_position: z.number().int().min(1).nullable().meta({
    description: 'Among all jobs that are ready; null where it would be held, or far behind.',
  }),
  eta_seconds: z
    .object({ low: seconds, expected: seconds, high: seconds })
    .nullable()
    .meta({ description: 'Until it is done, by past runs; null where they say too little.' }),
  quotas: z
    .object({ pending_jobs: quota, jobs_today: quota, stored_bytes: quota })
    .meta({ description: 'Yours as they are now; a limit of null is none.' }),
}) satisfies z.ZodType<ForecastResource>;

const rehearsalShape = forecastShape.extend({
  dry_run: z.literal(true),
  pipeline: z.string(),
  model: z.string().meta({ description: 'As the job would have it; `auto` takes what `models` says.' }),
  priority: z.number().int(),
  params,
  forced: z
    .array(z.object({ name: z.string(), asked: z.unknown(), used: z.unknown() }))
    .meta({ description: 'Parameters that would be carried out otherwise than asked.' }),
  warnings: z.array(z.string()),
});

export const jobRehearsalSchema = rehearsalShape
  .extend({
    batch_id: z.uuid().nullable(),
    inputs: z.array(
      z.object({
        role: z.string(),
        content_type: z.string(),
        size_bytes: bytes,
        width: pixels,
        height: pixels,
      }),
    ),
  })
  .meta({
    id: 'JobDryRun',
    description: 'What a job would be, of which nothing was made.',
  }) satisfies z.ZodType<JobRehearsal>;

export const batchRehearsalSchema = rehearsalShape
  .extend({
    name: z.string().nullable(),
    total: z.number().int().min(0).meta({ description: 'Pictures, refused ones included.' }),
    refused: z.array(
      z.object({
        position: z.number().int().min(0),
        filename: z.string(),
        error: z.object({ code: z.string(), message: z.string(), suggestion: z.string().nullable() }),
      }),
    ),
  })
  .meta({
    id: 'BatchDryRun',
    description: 'What a batch would be, of which nothing was made.',
  }) satisfies z.ZodType<BatchRehearsal>;
