import '#tests/studio-folder';
import { beforeAll, expect, test } from 'vitest';
import { usageSchema } from '#lib/api/resources/usage';
import { usageOf } from '#lib/api/usage';
import { inPerson } from '#lib/auth/caller';
import { toIso } from '#lib/core/clock';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { ownerStorage } from '#lib/db/schema/limits';
import { withinQuotas } from '#lib/jobs/quotas';
import { enqueueJobs } from '#lib/jobs/requests';
import { settings } from '#lib/config/settings';
import { ApiClient } from '#tests/api-client';
import { makeJob, makeUser } from '#tests/factories';
import { GET } from './route.ts';

const DAY_MS = 24 * 60 * 60_000;
/** The third of a month, so that it has days of this month and of the one before. */
const NOW = Date.UTC(2026, 2, 3, 12);

process.env.MULTIPLANE_OWNER_PENDING_JOBS = '10';
process.env.MULTIPLANE_OWNER_BYTES = '1000';

let db: Database;

beforeAll(async () => {
  db = await database();
});

const metrics = (totalMs: number) => ({ stageMs: {}, totalMs, peakMemoryBytes: null, device: 'cpu' });

test('of nothing there is nothing, and all of it is left', async () => {
  const usage = await usageOf(db, inPerson(await makeUser(db)), NOW);
  expect(usageSchema.parse(usage)).toEqual(usage);
  expect(usage).toMatchObject({
    jobs: { pending: 0, processing: 0, completed: 0, failed: 0, cancelled: 0 },
    today: { submitted: 0, completed: 0, compute_seconds: 0 },
    storage: { upload_bytes: 0, output_bytes: 0 },
    quotas: {
      pending_jobs: { used: 0, limit: 10, left: 10 },
      jobs_a_day: { used: 0, limit: null, left: null },
      stored_bytes: { used: 0, limit: 1000, left: 1000 },
    },
  });
  expect(usage.days).toHaveLength(30);
  expect([usage.days[0]!.date, usage.days[29]!.date]).toEqual(['2026-02-02', '2026-03-03']);
});

test('jobs count by the day on which they ended, and only their owner’s', async () => {
  const [anna, bert] = [await makeUser(db), await makeUser(db)];
  const ended = (daysAgo: number, columns: Parameters<typeof makeJob>[2]) =>
    makeJob(db, anna, { completedAt: NOW - daysAgo * DAY_MS, ...columns });
  await ended(0, { status: 'completed', metrics: metrics(1_500) });
  await ended(1, { status: 'completed', metrics: metrics(2_000) });
  await ended(1, { status: 'failed' });
  await ended(3, { status: 'completed', metrics: metrics(4_000) });
  await ended(40, { status: 'cancelled' });
  await makeJob(db, bert, { status: 'completed', completedAt: NOW, metrics: metrics(9_000) });
  const { jobs, today, this_month, days } = await usageOf(db, inPerson(anna), NOW);
  expect(jobs).toEqual({ pending: 0, processing: 0, completed: 3, failed: 1, cancelled: 1 });
  expect(today).toMatchObject({ completed: 1, failed: 0, compute_seconds: 1.5 });
  expect(this_month).toEqual({ completed: 2, failed: 1, cancelled: 0, compute_seconds: 3.5 });
  const busy = days.filter(({ completed, failed, cancelled }) => completed + failed + cancelled > 0);
  expect(busy).toEqual([
    { date: '2026-02-28', completed: 1, failed: 0, cancelled: 0, compute_seconds: 4 },
    { date: '2026-03-02', completed: 1, failed: 1, cancelled: 0, compute_seconds: 2 },
    { date: '2026-03-03', completed: 1, failed: 0, cancelled: 0, compute_seconds: 1.5 },
  ]);
});

test('quotas say what is used up and what is left', async () => {
  const anna = await makeUser(db);
  const job = { ownerId: anna.userId, pipeline: 'drill', model: 'auto', params: {}, priority: 0 };
  const many = Array.from({ length: 4 }, () => ({ ...job, maxAttempts: 1, warnings: [], inputs: [] }));
  await withinQuotas(db, settings().quotas, { ownerId: anna.userId, count: 4 }, NOW, (guard) =>
    enqueueJobs(db, many, NOW, guard),
  );
  await db.insert(ownerStorage).values({ ownerId: anna.userId, uploadBytes: 900, outputBytes: 200 });
  const { today, quotas } = await usageOf(db, inPerson(anna), NOW);
  expect(today.submitted).toBe(4);
  expect(quotas).toEqual({
    pending_jobs: { used: 4, limit: 10, left: 6 },
    jobs_a_day: { used: 4, limit: null, left: null },
    stored_bytes: { used: 1100, limit: 1000, left: 0 },
  });
});

test('a program is told of its key’s budgets', async () => {
  const client = await ApiClient.create(db);
  const answer = await client.call(GET);
  expect(answer.status).toBe(200);
  const { requests } = usageSchema.parse(await answer.json());
  expect(requests.map(({ budget, limit, left }) => [budget, limit, left])).toEqual([
    ['api-hour', 500, 500],
    ['api-day', 2000, 2000],
    ['read-hour', 20_000, 19_900],
    ['enhance-minute', 10, 10],
  ]);
  expect(requests.every(({ resets_at }) => resets_at > toIso(Date.now())!)).toBe(true);
});
