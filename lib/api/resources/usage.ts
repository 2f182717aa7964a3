import { z } from 'zod';

const count = z.number().int().min(0);
const bytes = count;
const time = z.iso.datetime();

const endedSchema = z.object({
  completed: count,
  failed: count,
  cancelled: count,
  compute_seconds: z.number().min(0).meta({ description: 'Of the completed ones, all stages together.' }),
});

const quotaSchema = z
  .object({
    used: count,
    limit: count.nullable().meta({ description: 'Null where there is none.' }),
    left: count.nullable(),
  })
  .meta({ id: 'Quota' });

/** What an owner has used, and what is left to them. */
export const usageSchema = z
  .object({
    jobs: z
      .object({ pending: count, processing: count, completed: count, failed: count, cancelled: count })
      .meta({ description: 'All that there are, by state.' }),
    today: endedSchema
      .extend({ submitted: count.meta({ description: 'Those that were deleted since are counted too.' }) })
      .meta({ description: 'Since midnight, UTC; what ended, by when it did.' }),
    this_month: endedSchema.meta({ description: 'Since the first of the month, UTC.' }),
    days: z
      .array(endedSchema.extend({ date: z.iso.date() }))
      .meta({ description: 'The last 30, UTC, oldest first, today included.' }),
    storage: z.object({
      upload_bytes: bytes.meta({ description: 'A picture that was sent several times is counted once.' }),
      output_bytes: bytes,
    }),
    quotas: z.object({
      pending_jobs: quotaSchema,
      jobs_a_day: quotaSchema,
      stored_bytes: quotaSchema,
    }),
    requests: z
      .array(
        z.object({
          budget: z.string().meta({ examples: ['api-hour'] }),
          limit: count,
          left: count,
          resets_at: time,
        }),
      )
      .meta({
        description:
          'The budgets of whoever asks, as in the header `RateLimit`. `read-hour` is counted a hundred at a time.',
      }),
  })
  .meta({ id: 'Usage', description: 'What you have used, and what is left.' });

export type UsageResource = z.infer<typeof usageSchema>;
