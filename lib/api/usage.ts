import type { Standing } from '#lib/auth/budgets';
import type { Caller } from '#lib/auth/caller';
import { settings } from '#lib/config/settings';
import { toIso } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import { queueCounts } from '#lib/jobs/counts';
import { type QuotaUse, quotaUse } from '#lib/jobs/quotas';
import { type Ended, endedByDay, type EndedOfDay, sumOf } from '#lib/jobs/usage';
import { standingsOf } from './limits.ts';
import type { UsageResource } from './resources/usage.ts';

const DAY_MS = 24 * 60 * 60_000;
const DAYS = 30;

/** What somebody has used, and what is left to them at this moment. */
export async function usageOf(db: Database, caller: Caller, now: number): Promise<UsageResource> {
  const { actor } = caller;
  const today = now - (now % DAY_MS);
  const month = startOfMonth(now);
  const since = today - (DAYS - 1) * DAY_MS;
  const ended = await endedByDay(db, actor, Math.min(since, month));
  const use = await quotaUse(db, actor.userId, now);
  const requests = await standingsOf(db, caller, now);
  return {
    jobs: await queueCounts(db, actor),
    today: { submitted: use.jobsToday, ...toEnded(sumSince(ended, today)) },
    this_month: toEnded(sumSince(ended, month)),
    days: Array.from({ length: DAYS }, (_, at) => toDay(ended, since + at * DAY_MS)),
    storage: { upload_bytes: use.uploadBytes, output_bytes: use.outputBytes },
    quotas: quotasOf(use),
    requests: requests.map(toBudget),
  };
}

function quotasOf({ pendingJobs, jobsToday, uploadBytes, outputBytes }: QuotaUse): UsageResource['quotas'] {
  const { ownerPendingJobs, ownerJobsADay, ownerBytes } = settings().quotas;
  return {
    pending_jobs: toQuota(pendingJobs, ownerPendingJobs),
    jobs_a_day: toQuota(jobsToday, ownerJobsADay),
    stored_bytes: toQuota(uploadBytes + outputBytes, ownerBytes),
  };
}

function toQuota(used: number, limit: number) {
  return limit === 0 ? { used, limit: null, left: null } : { used, limit, left: Math.max(0, limit - used) };
}

function toBudget({ budget: { name, limit }, used, endsAt }: Standing) {
  return { budget: name, limit, left: Math.max(0, limit - used), resets_at: toIso(endsAt)! };
}

function sumSince(days: readonly EndedOfDay[], since: number): Ended {
  return sumOf(days.filter(({ day }) => day >= since));
}

function toDay(days: readonly EndedOfDay[], start: number) {
  const date = toIso(start)!.slice(0, 'YYYY-MM-DD'.length);
  return { date, ...toEnded(sumOf(days.filter(({ day }) => day === start))) };
}

function toEnded({ completed, failed, cancelled, computeMs }: Ended) {
  return { completed, failed, cancelled, compute_seconds: Math.round(computeMs) / 1000 };
}

function startOfMonth(now: number): number {
  const date = new Date(now);
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth());
}
