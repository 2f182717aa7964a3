import type { FieldError } from '#lib/core/errors';
import { fieldError } from './field-errors.ts';

/** The names that are there more than once: which of their values was meant, nobody can tell. */
export function checkRepeated(names: readonly string[]): FieldError[] {
  const repeated = new Set(names.filter((name, index) => names.indexOf(name) !== index));
  return [...repeated].map((name) => fieldError(name, 'duplicate', `${name} is there more than once.`));
}

/** The names that nothing goes by. `what` they are the names of: fields, filters. */
export function checkUnknown(
  names: readonly string[],
  allowed: readonly string[],
  what = 'field',
): FieldError[] {
  const unknown = [...new Set(names)].filter((name) => !allowed.includes(name));
  return unknown.map((name) => fieldError(name, 'unknown_field', `There is no ${what} ${name}.`, allowed));
}
