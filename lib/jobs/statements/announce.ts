import { and, type SQL, sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { type BoundStatement, given, prepared } from '#lib/db/prepared';
import { jobs } from '#lib/db/schema/jobs';
import { webhookDeliveries, webhooks } from '#lib/db/schema/webhooks';
import { heldBy, type Lease } from '../lease.ts';
import { PENDING } from './conditions.ts';

/*
 * The statements by which the end of a job is told to its owner's webhooks. Each goes right before the one that ends the
 * job, in the same transaction and under the same guard: so what is told has happened, and what has happened is told.
 */

/** What a job may end as; null where it goes on. */
export type Ending = 'completed' | 'failed' | 'cancelled' | null;

interface Announcement {
  /** Where the jobs come from. */
  from: SQL;
  /** The guard of the statement that ends them. */
  where: SQL | undefined;
  /** An `Ending`, which gives way to a cancel that was accepted before. */
  ending: SQL;
  now: SQL;
}

function announcement({ from, where, ending, now }: Announcement): SQL {
  const event = sql`'job.' || iif(${jobs.cancelRequestedAt} IS NOT NULL, 'cancelled', ${ending})`;
  return sql`
    INSERT INTO ${webhookDeliveries}
      (id, webhook_id, message_id, event, job_id, status, next_attempt_at, created_at)
    SELECT ${newIdAt(now)}, webhooks.id, 'msg_' || lower(hex(randomblob(16))), ${event}, jobs.id, 'pending', ${now}, ${now}
    FROM ${from} CROSS JOIN ${webhooks} ON webhooks.owner_id = jobs.owner_id
    WHERE ${where} AND webhooks.disabled_at IS NULL
      AND ${event} IN (SELECT value FROM json_each(webhooks.events))`;
}

/** A UUIDv7, as lib/core/ids makes them, for each row. */
function newIdAt(now: SQL): SQL {
  return sql`lower(printf('%08x-%04x-7%.3s-%x%.3s-%s', ${now} >> 16, ${now} & 65535, hex(randomblob(2)),
    8 + (random() & 3), hex(randomblob(2)), hex(randomblob(6))))`;
}

const NOW = given('now');
const LEASE_SEEN = given('leaseExpiresAt');

const ANNOUNCE_COMPLETED = prepared(
  announcement({
    from: sql`json_each(${given('leases')}) AS done CROSS JOIN ${jobs}`,
    where: heldBy({
      jobId: sql`done.value ->> 0`,
      workerId: sql`done.value ->> 1`,
      fence: sql`done.value ->> 2`,
    }),
    ending: sql`'completed'`,
    now: NOW,
  }),
  () => undefined,
);

/** Tell of the jobs that are completed under these leases. */
export function announceCompleted(leases: readonly Lease[], now: number): BoundStatement<undefined> {
  const parts = leases.map(({ jobId, workerId, fence }) => [jobId, workerId, fence]);
  return ANNOUNCE_COMPLETED({ leases: JSON.stringify(parts), now });
}

const ANNOUNCE_HELD = prepared(
  announcement({
    from: sql`${jobs}`,
    where: and(
      heldBy({ jobId: given('jobId'), workerId: given('workerId'), fence: given('fence') }),
      sql`${jobs.leaseExpiresAt} = coalesce(${LEASE_SEEN}, ${jobs.leaseExpiresAt})`,
    ),
    ending: given('ending'),
    now: NOW,
  }),
  () => undefined,
);

/** Tell of a running job where it ends so. `leaseExpiresAt` is a part of the guard where it is given. */
export function announceHeld(
  { jobId, workerId, fence }: Lease,
  ending: Ending,
  now: number,
  leaseExpiresAt: number | null = null,
): BoundStatement<undefined> {
  return ANNOUNCE_HELD({ jobId, workerId, fence, ending, now, leaseExpiresAt });
}

/** Tell of those of these jobs that wait, which are cancelled. */
export function announceCancelled(db: Database, which: SQL | undefined, now: number) {
  const where = and(which, PENDING);
  return db.run(announcement({ from: sql`${jobs}`, where, ending: sql`'cancelled'`, now: sql`${now}` }));
}
