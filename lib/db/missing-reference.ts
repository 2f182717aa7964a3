import { leadsTo } from './failures.ts';

/** True where a batch named a row that is not there (a foreign key without its other end): nothing was written. */
export function isMissingReference(error: unknown): boolean {
  return leadsTo(error, ({ message }) => message?.includes('FOREIGN KEY constraint failed') === true);
}
