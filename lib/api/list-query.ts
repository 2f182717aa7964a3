import { z } from 'zod';
import { AppError } from '#lib/core/errors';
import { JOB_STATUSES } from '#lib/db/schema/jobs';
import type { JobFilter } from '#lib/jobs/queries';
import { checkRepeated, checkUnknown } from '#lib/pipelines/submission/check-names';
import { checkValues } from '#lib/pipelines/submission/check-values';

const MOST_ITEMS = 100;

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'a date such as 2026-01-31T12:00:00Z')
  .transform((text) => Date.parse(text));

const pageSchema = z.strictObject({
  cursor: z.uuid().toLowerCase().optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ITEMS).default(20),
});

const filterSchema = z.strictObject({
  status: z.enum(JOB_STATUSES).optional(),
  pipeline: z.string().max(100).optional(),
  model: z.string().max(100).optional(),
  batch: z.uuid().toLowerCase().optional(),
  text: z.string().trim().min(1).max(200).optional(),
  created_after: moment.optional(),
  created_before: moment.optional(),
  ...pageSchema.shape,
});

/** The filter in a request's query, of which empty parts count as absent. Throws AppError `validation_failed`. */
export function jobFilterFrom(request: Request): JobFilter {
  const {
    batch: batchId,
    created_after: createdAfter,
    created_before: createdBefore,
    ...rest
  } = queryOf(request, filterSchema);
  return { ...rest, batchId, createdAfter, createdBefore };
}

/** Which page of a list a request's query asks for. Throws likewise. */
export function pageFrom(request: Request): z.output<typeof pageSchema> {
  return queryOf(request, pageSchema);
}

function queryOf<S extends z.ZodObject>(request: Request, schema: S): z.output<S> {
  const given = [...new URL(request.url).searchParams];
  const names = given.map(([name]) => name);
  const fields = [...checkRepeated(names), ...checkUnknown(names, Object.keys(schema.shape), 'filter')];
  const values = new Map(given.filter(([, value]) => value !== ''));
  const checked = checkValues(schema, values, fields);
  if (checked && fields.length === 0) return checked;
  throw new AppError('validation_failed', 'The query of the address is not right.', { fields });
}
