import { z } from 'zod';
import { JOB_STATUSES } from '#lib/db/schema/jobs';
import type { QueuePause } from '#lib/jobs/queue-control';
import type { QueuePoll } from '../queue-poll.ts';
import { jobSchema } from './jobs.ts';
import { countsOf, moment } from './parts.ts';

const count = z.number().int().min(0);

const pauseSchema = z
  .enum(['by_you', 'by_operator'])
  .nullable()
  .meta({ description: 'Who holds your queue up, if anybody.' }) satisfies z.ZodType<QueuePause>;

export const queueSchema = z
  .object({
    counts: countsOf(JOB_STATUSES),
    paused: pauseSchema,
    tasks: z.array(jobSchema),
    next_cursor: z.uuid().nullable(),
  })
  .meta({ id: 'Queue' });

export const queuePollSchema = z
  .object({
    timestamp: moment,
    pending_count: count,
    processing_count: count,
    active_tasks: z
      .array(jobSchema)
      .meta({ description: 'All that run, and the hundred that go next; their texts are cut.' }),
    has_active_tasks: z.boolean(),
    paused: pauseSchema,
  })
  .meta({ id: 'QueuePoll' }) satisfies z.ZodType<QueuePoll>;

export const queuePauseSchema = z.object({ paused: pauseSchema }).meta({ id: 'QueuePause' });

export const clearedSchema = z.object({ deleted: count.meta({ description: 'How many jobs.' }) });
