import { z } from 'zod';
import { AppError, type FieldError } from '#lib/core/errors';
import { JOB_STATUSES } from '#lib/db/schema/jobs';
import type { JobFilter } from '#lib/jobs/queries';
import { fieldError } from '#lib/pipelines/field-errors';

const MOST_ITEMS = 100;

const moment = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)), 'Expected a date such as 2026-01-31T12:00:00Z.')
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
  const given = [...new URL(request.url).searchParams].filter(([, value]) => value !== '');
  const parsed = filterSchema.safeParse(Object.fromEntries(given));
  if (!parsed.success) throw invalidQuery(parsed.error);
  const { created_after: createdAfter, created_before: createdBefore, ...rest } = parsed.data;
  return { ...rest, createdAfter, createdBefore };
}

function invalidQuery(error: z.ZodError): AppError {
  const fields = error.issues.flatMap(toFieldErrors);
  return new AppError('validation_failed', 'The query of the address is not right.', { fields });
}

function toFieldErrors(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code !== 'unrecognized_keys')
    return [fieldError(String(issue.path[0]), issue.code, issue.message)];
  const allowed = Object.keys(filterSchema.shape);
  return issue.keys.map((key) => fieldError(key, 'unknown_field', `There is no filter ${key}.`, allowed));
}
