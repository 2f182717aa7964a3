import type { z } from 'zod';
import { AppError } from '#lib/core/errors';
import { checkRepeated, checkUnknown } from '#lib/pipelines/submission/check-names';
import { checkValues } from '#lib/pipelines/submission/check-values';

/** What stands behind the question mark, of which empty parts count as absent. Throws AppError `validation_failed`. */
export function queryOf<S extends z.ZodObject>(request: Request, schema: S): z.output<S> {
  const given = [...new URL(request.url).searchParams];
  const names = given.map(([name]) => name);
  const fields = [...checkRepeated(names), ...checkUnknown(names, Object.keys(schema.shape), 'filter')];
  const values = new Map(given.filter(([, value]) => value !== ''));
  const checked = checkValues(schema, values, fields);
  if (checked && fields.length === 0) return checked;
  throw new AppError('validation_failed', 'The query of the address is not right.', { fields });
}
