import { z } from 'zod';
import { JOB_STATUSES } from '#lib/db/schema/jobs';
import type { JobFilter } from '#lib/jobs/job-filter';

const MOST_ITEMS = 100;

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'a date such as 2026-01-31T12:00:00Z')
  .transform((text) => Date.parse(text));

/** Which page of a list is asked for, newest first. */
export const pageQuery = z.strictObject({
  cursor: z.uuid().toLowerCase().optional().meta({ description: '`next_cursor` of the page before' }),
  limit: z.coerce.number().int().min(1).max(MOST_ITEMS).default(20).meta({ description: 'How many at most' }),
});

/** Which jobs are asked for. */
export const jobQuery = z.strictObject({
  status: z.enum(JOB_STATUSES).optional().meta({ description: 'In this state' }),
  pipeline: z.string().max(100).optional().meta({ description: 'Of this pipeline' }),
  model: z.string().max(100).optional().meta({ description: 'With this model' }),
  batch: z.uuid().toLowerCase().optional().meta({ description: 'Of this batch' }),
  text: z.string().trim().min(1).max(200).optional().meta({
    description: 'Found in a parameter’s value, or in the file name of a picture',
  }),
  created_after: moment.optional().meta({ description: 'Made at this time or later' }),
  created_before: moment.optional().meta({ description: 'Made before this time' }),
  ...pageQuery.shape,
});

/** The same as `lib/jobs` asks for it. */
export function jobFilterOf(query: z.output<typeof jobQuery>): JobFilter {
  const { batch: batchId, created_after: createdAfter, created_before: createdBefore, ...rest } = query;
  return { ...rest, batchId, createdAfter, createdBefore };
}
