import { sql } from 'drizzle-orm';
import { given, prepared } from '#lib/db/prepared';
import { leadsTo } from '#lib/db/failures';
import { budgets, ownerStorage } from '#lib/db/schema/limits';
import { jobs } from '#lib/db/schema/jobs';
import { PENDING } from './conditions.ts';

/** The budget under which an owner's jobs of a day are counted. */
export const JOBS_OF_DAY = 'jobs-day';

const OWNER = given('ownerId');
const COUNT = given<number>('count');
const DAY = given<number>('day');
const MOST_PENDING = given<number>('ownerPendingJobs');
const MOST_A_DAY = given<number>('ownerJobsADay');
const MOST_BYTES = given<number>('ownerBytes');
const MOST_QUEUED = given<number>('queueJobs');

/* No more than the limit is counted, and nothing where there is none. */
const OWN_PENDING = sql`SELECT 1 FROM ${jobs} WHERE ${PENDING} AND ${jobs.ownerId} = ${OWNER} LIMIT ${MOST_PENDING}`;
const ALL_PENDING = sql`SELECT 1 FROM ${jobs} WHERE ${PENDING} LIMIT ${MOST_QUEUED}`;
const STORED = sql`SELECT upload_bytes + output_bytes FROM ${ownerStorage} WHERE owner_id = ${OWNER}`;

const THERE_IS_ROOM = sql`
  iif(${MOST_A_DAY} = 0, true, ${COUNT} <= ${MOST_A_DAY})
  AND iif(${MOST_PENDING} = 0, true, (SELECT count(*) FROM (${OWN_PENDING})) + ${COUNT} <= ${MOST_PENDING})
  AND iif(${MOST_QUEUED} = 0, true, (SELECT count(*) FROM (${ALL_PENDING})) + ${COUNT} <= ${MOST_QUEUED})
  AND iif(${MOST_BYTES} = 0, true, coalesce((${STORED}), 0) < ${MOST_BYTES})`;

/**
 * The statement that counts an owner's new jobs, to go before them in their transaction. Where a quota has no room for all
 * of them, what it would write is null, which the column refuses, and with it everything that was to be written.
 */
export const keepRoom = prepared(
  sql`
    INSERT INTO ${budgets} (budget, subject, window_start, used)
    SELECT ${JOBS_OF_DAY}, ${OWNER}, ${DAY}, CASE WHEN ${THERE_IS_ROOM} THEN ${COUNT} END
    WHERE true
    ON CONFLICT (budget, subject) DO UPDATE SET
      used = iif(${MOST_A_DAY} > 0 AND iif(window_start < excluded.window_start, 0, used) + excluded.used > ${MOST_A_DAY},
        NULL, iif(window_start < excluded.window_start, 0, used) + excluded.used),
      window_start = max(window_start, excluded.window_start)`,
  () => undefined,
);

/** Whether a transaction came to nothing because `keepRoom` found none. */
export function hadNoRoom(error: unknown): boolean {
  return leadsTo(
    error,
    ({ message }) => message?.includes('NOT NULL constraint failed: budgets.used') === true,
  );
}
