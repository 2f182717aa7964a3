import { type SQL, sql } from 'drizzle-orm';

/** A list of any length as a sub-select, for `inArray`: one bound value, where one for each would have a limit. */
export function listed(values: readonly string[]): SQL {
  return sql`(SELECT value FROM json_each(${JSON.stringify(values)}))`;
}
