import type { FieldError } from '#lib/core/errors';
import { checkValues } from './check-values.ts';
import type { PipelineDeclaration } from '../pipeline.ts';

/** The parameters of a request with their defaults filled in; what is wrong with them is added to `errors`. */
export function checkParams(
  pipeline: PipelineDeclaration,
  values: ReadonlyMap<string, unknown>,
  errors: FieldError[],
): Record<string, unknown> {
  return checkValues(pipeline.params, values, errors) ?? {};
}
