/** What a value may be, in the words of JSON Schema. */
export interface ValueRule {
  type?: string;
  format?: string;
  enum?: readonly unknown[];
  minimum?: number;
  maximum?: number;
  minLength?: number;
  maxLength?: number;
}

/** A rule as the end of “num_layers is …”: such as `a whole number from 2 to 8`. */
export function describeValue(rule: ValueRule): string {
  if (rule.enum) return `one of ${rule.enum.join(', ')}`;
  if (rule.type === 'integer') return `a whole number${span(rule.minimum, rule.maximum)}`;
  if (rule.type === 'number') return `a number${span(rule.minimum, rule.maximum)}`;
  if (rule.type === 'boolean') return 'either true or false';
  if (rule.format === 'uuid') return 'an id such as 019a9f00-0000-7000-8000-000000000000';
  return `a text${length(rule.minLength, rule.maxLength)}`;
}

function span(from?: number, to?: number): string {
  // What an integer can hold at all is no bound that anybody chose.
  const least = from === Number.MIN_SAFE_INTEGER ? undefined : from;
  const most = to === Number.MAX_SAFE_INTEGER ? undefined : to;
  if (least !== undefined && most !== undefined) return ` from ${least} to ${most}`;
  if (least !== undefined) return ` of at least ${least}`;
  return most === undefined ? '' : ` of at most ${most}`;
}

function length(from?: number, to?: number): string {
  if (from !== undefined && to !== undefined) return ` of ${from} to ${to} characters`;
  if (from !== undefined) return ` of at least ${from} characters`;
  return to === undefined ? '' : ` of at most ${to} characters`;
}
