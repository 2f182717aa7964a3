import { z } from 'zod';

/* What a variable of the environment takes is said in the same words whatever is wrong with it. */

export const flag = z
  .enum(['true', 'false', '1', '0', 'on', 'off'], 'true or false (also 1 or 0, on or off)')
  .transform((value) => value === 'true' || value === '1' || value === 'on');

export const oneOf = <const Values extends readonly string[]>(values: Values) =>
  z.enum(values, `one of ${values.join(', ')}`);

export const count = (fallback: number, min = 1, max = Number.MAX_SAFE_INTEGER) => {
  const open = max === Number.MAX_SAFE_INTEGER;
  const takes = open ? `a whole number, at least ${min}` : `a whole number from ${min} to ${max}`;
  return z.coerce.number(takes).int(takes).min(min, takes).max(max, takes).default(fallback);
};
