import { z } from 'zod';
import { JOB_STATUSES } from '#lib/db/schema/jobs';
import type { BatchItemResource, BatchResource, BatchSummary } from '#lib/jobs/batches/batch-resource';
import { pageOf } from './page.ts';
import { countsOf, moment, params, path, share } from './parts.ts';

const ITEM_STATUSES = [...JOB_STATUSES, 'refused'] as const;

const itemStatusSchema = z
  .enum(ITEM_STATUSES)
  .meta({ id: 'BatchItemStatus', description: 'The state of its job, or that the picture was not taken.' });

const itemSchema = z
  .object({
    position: z.number().int().min(0).meta({ description: 'Its place in the batch, from 0.' }),
    filename: z.string(),
    job_id: z.uuid().nullable().meta({ description: 'Null for a picture that was refused.' }),
    status: itemStatusSchema,
    progress: share,
    message: z.string(),
    waiting_reason: z.string().nullable(),
    error: z.object({ code: z.string(), message: z.string(), suggestions: z.array(z.string()) }).nullable(),
    url: path.nullable(),
  })
  .meta({ id: 'BatchItem' }) satisfies z.ZodType<BatchItemResource>;

const summarySchema = z
  .object({
    id: z.uuid(),
    name: z.string().nullable(),
    pipeline: z.string(),
    model: z.string(),
    params,
    priority: z.number().int(),
    paused: z.boolean(),
    total: z.number().int().min(0).meta({ description: 'Pictures, refused ones included.' }),
    counts: countsOf(ITEM_STATUSES),
    progress: share.meta({ description: 'Over all pictures; one that has ended, however, counts as done.' }),
    created_at: moment,
    urls: z.object({
      self: path,
      cancel: path,
      pause: path,
      resume: path,
      retry_failed: path,
      archive: path,
    }),
  })
  .meta({ id: 'BatchSummary', description: 'A batch as lists have it.' }) satisfies z.ZodType<BatchSummary>;

export const batchSchema = summarySchema.extend({ items: z.array(itemSchema) }).meta({
  id: 'Batch',
  description: 'A batch with what became of each of its pictures, in their order.',
}) satisfies z.ZodType<BatchResource>;

export const batchPageSchema = pageOf(summarySchema, 'BatchPage');
