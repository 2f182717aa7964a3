import { z } from 'zod';
import type { FieldError } from '#lib/core/errors';
import { describeValue, type ValueRule } from './check-wording.ts';
import { fieldError } from './field-errors.ts';

/** The constraints that are worth telling, as JSON Schema names them. */
const TOLD = new Set(['enum', 'minimum', 'maximum', 'minLength', 'maxLength']);

/**
 * Values as they came in a form, an address or JSON, held against their declaration. What is wrong with them is added
 * to `errors`, in words made from the declaration's constraints (a
 * check of its own says what the value is, such as “a date”); null if anything was. Names that the declaration does
 * not have are for the caller to refuse.
 */
export function checkValues<S extends z.ZodObject>(
  schema: S,
  given: ReadonlyMap<string, unknown>,
  errors: FieldError[],
): z.output<S> | null {
  const rules = rulesOf(schema);
  const known = [...given].filter(([name]) => rules.has(name));
  const unfit = known.filter(([name, value]) => !hasSoundForm(rules.get(name)!, value));
  if (unfit.length > 0) {
    errors.push(...unfit.map(([name]) => toFieldError(name, 'invalid_type', rules.get(name)!)));
    return null;
  }
  const parsed = schema.safeParse(Object.fromEntries(known));
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const own = issue.code === 'custom' ? issue.message : undefined;
    return toFieldError(name, issue.code, rules.get(name)!, own);
  });
  errors.push(...wrong);
  return null;
}

const writtenRules = new WeakMap<z.ZodObject, ReadonlyMap<string, ValueRule>>();

/** What each value may be, in the words of JSON Schema: written once for each declaration, since every request asks. */
function rulesOf(schema: z.ZodObject): ReadonlyMap<string, ValueRule> {
  const written = writtenRules.get(schema);
  if (written) return written;
  const { properties } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  const rules = new Map(Object.entries(properties ?? {}) as [string, ValueRule][]);
  writtenRules.set(schema, rules);
  return rules;
}

/** A whole number as JSON or a form has it: a number, or decimal digits with a sign or none. Null for anything else. */
export function wholeNumber(given: unknown): number | null {
  const isDecimal = typeof given === 'string' && /^[+-]?\d+$/.test(given);
  const value = isDecimal ? Number(given) : given;
  return Number.isInteger(value) ? (value as number) : null;
}

/** Stricter than JavaScript's own reading, by which `0x4`, a blank and `true` are numbers too. */
function hasSoundForm(rule: ValueRule, value: unknown): boolean {
  if (typeof value === 'object') return false;
  return rule.type !== 'integer' || wholeNumber(value) !== null;
}

function toFieldError(name: string, code: string, rule: ValueRule, own?: string): FieldError {
  const told = Object.entries(rule).filter(([key]) => TOLD.has(key));
  const allowed = told.length > 0 ? Object.fromEntries(told) : undefined;
  return fieldError(name, code, `${name} is ${own ?? describeValue(rule)}.`, allowed);
}
