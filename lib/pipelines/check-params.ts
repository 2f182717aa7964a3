import { z } from 'zod';
import type { FieldError } from '#lib/core/errors';
import { fieldError } from './field-errors.ts';
import type { PipelineDeclaration } from './pipeline.ts';

/** The constraints that are worth telling, as JSON Schema names them. */
const TOLD = new Set(['enum', 'minimum', 'maximum', 'minLength', 'maxLength']);

/** The parameters of a request with their defaults filled in; what is wrong with them is added to `errors`. */
export function checkParams(
  pipeline: PipelineDeclaration,
  values: ReadonlyMap<string, unknown>,
  errors: FieldError[],
): Record<string, unknown> {
  const given = Object.keys(pipeline.params.shape)
    .filter((name) => values.has(name))
    .map((name) => [name, values.get(name)] as const);
  const nested = given.filter(([, value]) => typeof value === 'object');
  if (nested.length > 0) {
    errors.push(...nested.map(([name]) => fieldError(name, 'invalid_type', `${name} takes a single value.`)));
    return {};
  }
  const parsed = pipeline.params.safeParse(Object.fromEntries(given));
  if (parsed.success) return parsed.data;
  errors.push(...parsed.error.issues.map((issue) => toFieldError(pipeline, issue)));
  return {};
}

function toFieldError(pipeline: PipelineDeclaration, issue: z.core.$ZodIssue): FieldError {
  const name = String(issue.path[0]);
  return fieldError(name, issue.code, `${name}: ${issue.message}`, allowedValues(pipeline, name));
}

/** What a parameter may be, by its declaration: such as `{minimum: 2, maximum: 8}`. */
function allowedValues(pipeline: PipelineDeclaration, name: string): Record<string, unknown> | undefined {
  const schema = z.toJSONSchema(pipeline.params, { io: 'input', unrepresentable: 'any' });
  const property = schema.properties?.[name];
  if (typeof property !== 'object') return undefined;
  const told = Object.entries(property).filter(([key]) => TOLD.has(key));
  return told.length > 0 ? Object.fromEntries(told) : undefined;
}
