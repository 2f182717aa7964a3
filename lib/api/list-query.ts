import { z } from 'zod';
import { AppError, type FieldError } from '#lib/core/errors';
import { JOB_STATUSES } from '#lib/db/schema/jobs';
import type { JobFilter } from '#lib/jobs/queries';
import { checkRepeated } from '#lib/pipelines/check-repeated';
import { checkValues } from '#lib/pipelines/check-values';
import { fieldError } from '#lib/pipelines/field-errors';

const MOST_ITEMS = 100;

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'a date such as 2026-01-31T12:00:00Z')
  .transform((text) => Date.parse(text));

const filterSchema = z.strictObject({
  status: z.enum(JOB_STATUSES).optional(),
  pipeline: z.string().max(100).optional(),
  model: z.string().max(100).optional(),
  text: z.string().trim().min(1).max(200).optional(),
  created_after: moment.optional(),
  created_before: moment.optional(),
  cursor: z.uuid().toLowerCase().optional(),
  limit: z.coerce.number().int().min(1).max(MOST_ITEMS).default(20),
});

/** The filter in a request's query, of which empty parts count as absent. Throws AppError `validation_failed`. */
export function jobFilterFrom(request: Request): JobFilter {
  const given = [...new URL(request.url).searchParams];
  const names = given.map(([name]) => name);
  const fields = [...checkRepeated(names), ...unknownFilters(names)];
  const values = new Map(given.filter(([, value]) => value !== ''));
  const checked = checkValues(filterSchema, values, fields);
  if (!checked || fields.length > 0) {
    throw new AppError('validation_failed', 'The query of the address is not right.', { fields });
  }
  const { created_after: createdAfter, created_before: createdBefore, ...rest } = checked;
  return { ...rest, createdAfter, createdBefore };
}

function unknownFilters(names: readonly string[]): FieldError[] {
  const allowed = Object.keys(filterSchema.shape);
  const unknown = [...new Set(names)].filter((name) => !allowed.includes(name));
  return unknown.map((name) => fieldError(name, 'unknown_field', `There is no filter ${name}.`, allowed));
}
