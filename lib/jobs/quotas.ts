import { and, count, eq, lt } from 'drizzle-orm';
import type { Quotas } from '#lib/config/limits';
import { AppError } from '#lib/core/errors';
import { ownerStorageFull } from '#lib/core/storage-full';
import type { Database } from '#lib/db/client';
import type { Statement } from '#lib/db/prepared';
import { jobs } from '#lib/db/schema/jobs';
import { budgets, ownerStorage } from '#lib/db/schema/limits';
import { PENDING } from './statements/conditions.ts';
import { hadNoRoom, JOBS_OF_DAY, keepRoom } from './statements/keep-room.ts';

/* What an owner may take up, and all owners together. See docs/decisions/025-limits-and-quotas.md. */

const DAY_MS = 24 * 60 * 60_000;
/** Nobody knows when jobs will have ended; this is soon enough to look again. */
const LOOK_AGAIN_MS = 30_000;
/** So far from its limit, the queue is counted now and then, not at every enqueue. */
const FAR_FROM_FULL = 10_000;
const COUNTED_EVERY_MS = 1_000;

/** What is to be enqueued. */
interface NewJobs {
  ownerId: string;
  count: number;
}

/** How much of the quotas an owner has used up. */
export interface QuotaUse {
  pendingJobs: number;
  jobsToday: number;
  uploadBytes: number;
  outputBytes: number;
}

/**
 * Enqueue by `enqueue`, which is handed a statement to go before what it writes: with it all of the jobs fit, or none of
 * them is made, however many are enqueued at once. Throws AppError `quota_exceeded`, `storage_quota_exceeded` or
 * `queue_full`.
 */
export async function withinQuotas<T>(
  db: Database,
  quotas: Quotas,
  made: NewJobs,
  now: number,
  enqueue: (guard: Statement[]) => Promise<T>,
): Promise<T> {
  if (made.count === 0) return enqueue([]);
  const { ownerPendingJobs, ownerJobsADay, ownerBytes } = quotas;
  const queueJobs = (await isFarFromFull(db, quotas, made.count, now)) ? 0 : quotas.queueJobs;
  const limits = { ownerPendingJobs, ownerJobsADay, ownerBytes, queueJobs };
  try {
    return await enqueue([keepRoom({ ...made, ...limits, day: dayOf(now) })]);
  } catch (error) {
    if (hadNoRoom(error)) throw await whatIsFull(db, quotas, made, now);
    throw error;
  }
}

/** What an owner has used up; each looked up, none counted through the history. */
export async function quotaUse(db: Database, ownerId: string, now: number): Promise<QuotaUse> {
  const own = and(PENDING, eq(jobs.ownerId, ownerId));
  const [pending] = await db.select({ total: count() }).from(jobs).where(own);
  const today = and(
    eq(budgets.budget, JOBS_OF_DAY),
    eq(budgets.subject, ownerId),
    eq(budgets.windowStart, dayOf(now)),
  );
  const [day] = await db.select({ used: budgets.used }).from(budgets).where(today);
  const [stored] = await db.select().from(ownerStorage).where(eq(ownerStorage.ownerId, ownerId));
  return {
    pendingJobs: pending!.total,
    jobsToday: day?.used ?? 0,
    uploadBytes: stored?.uploadBytes ?? 0,
    outputBytes: stored?.outputBytes ?? 0,
  };
}

/** Forget budgets whose windows began before an epoch millisecond. Returns how many. */
export async function pruneBudgets(db: Database, before: number): Promise<number> {
  const { rowsAffected } = await db.delete(budgets).where(lt(budgets.windowStart, before));
  return rowsAffected;
}

interface Counted {
  at: number;
  jobs: number;
}

const counted = new WeakMap<Database, Counted>();

/**
 * Whether the queue was so far from full when it was last counted that it cannot be by now. The count reads an index as
 * long as the queue; near the limit it belongs into the transaction.
 */
async function isFarFromFull(
  db: Database,
  { queueJobs }: Quotas,
  more: number,
  now: number,
): Promise<boolean> {
  if (queueJobs <= FAR_FROM_FULL) return queueJobs === 0;
  const last = counted.get(db);
  const isFresh = last !== undefined && Math.abs(now - last.at) < COUNTED_EVERY_MS;
  const { jobs } = isFresh ? last : await countQueue(db, now);
  return jobs + more <= queueJobs - FAR_FROM_FULL;
}

async function countQueue(db: Database, now: number): Promise<Counted> {
  const [row] = await db.select({ total: count() }).from(jobs).where(PENDING);
  const result = { at: now, jobs: row!.total };
  counted.set(db, result);
  return result;
}

/** Which of the quotas it was; looked up after the fact, so that what is not said can only be the last. */
async function whatIsFull(
  db: Database,
  quotas: Quotas,
  { ownerId, count }: NewJobs,
  now: number,
): Promise<AppError> {
  const { pendingJobs, jobsToday, uploadBytes, outputBytes } = await quotaUse(db, ownerId, now);
  if (isOver(jobsToday + count, quotas.ownerJobsADay)) return dayIsFull(quotas.ownerJobsADay, now);
  if (isOver(uploadBytes + outputBytes + 1, quotas.ownerBytes)) return ownerStorageFull(quotas.ownerBytes);
  if (isOver(pendingJobs + count, quotas.ownerPendingJobs))
    return tooManyWait(quotas.ownerPendingJobs, count);
  return new AppError('queue_full', 'The queue is full.', {
    suggestion: 'Nothing is wrong with the request: send it again in a while.',
    retryAfterMs: LOOK_AGAIN_MS,
  });
}

function isOver(used: number, limit: number): boolean {
  return limit > 0 && used > limit;
}

function dayIsFull(limit: number, now: number): AppError {
  return new AppError('quota_exceeded', `That is more than your ${limit} jobs of a day.`, {
    suggestion: 'The count begins anew at midnight, UTC.',
    retryAfterMs: dayOf(now) + DAY_MS - now,
  });
}

function tooManyWait(limit: number, count: number): AppError {
  return new AppError('quota_exceeded', `At most ${limit} of your jobs can wait at a time.`, {
    suggestion: isOver(count, limit)
      ? 'Send fewer at a time.'
      : 'Wait until some of them are done, or cancel some.',
    retryAfterMs: LOOK_AGAIN_MS,
  });
}

function dayOf(now: number): number {
  return now - (now % DAY_MS);
}
