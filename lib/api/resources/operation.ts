import { z } from 'zod';
import type { Readiness } from '../readiness.ts';

const partSchema = z.object({ ok: z.boolean(), detail: z.string() }).meta({ id: 'ReadinessPart' });

export const healthSchema = z.object({ status: z.literal('ok') });

export const readinessSchema = z
  .object({
    status: z.enum(['ready', 'not_ready']),
    parts: z.object({
      database: partSchema,
      weights: partSchema,
      worker: partSchema,
    }) satisfies z.ZodType<Readiness['parts']>,
  })
  .meta({ id: 'Readiness' });
