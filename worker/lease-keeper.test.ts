import { eq } from 'drizzle-orm';
import { expect, onTestFinished, test } from 'vitest';
import { createLogger } from '#lib/core/logger';
import { type Database, openDatabase } from '#lib/db/client';
import { jobs } from '#lib/db/schema/jobs';
import { testDatabase } from '#tests/database';
import { makeJob, makeUser, NOW } from '#tests/factories';
import { stubSqld } from '#tests/servers/stub-sqld';
import { waitFor } from '#tests/wait-for';
import { keepLease, type LeaseKeeper } from './lease-keeper.ts';

const LEASE = { jobId: 'job', workerId: 'worker', fence: 1 };

function keep(db: Database, lease = LEASE, leaseMs = 300): LeaseKeeper {
  const keeper = keepLease(db, lease, { leaseMs, clock: () => NOW, log: createLogger('test', 'silent') });
  onTestFinished(() => keeper.stop());
  return keeper;
}

test('a lease is lost in its time when the database hangs, and not only when it has given the answer up', async () => {
  const order: string[] = [];
  const url = await stubSqld((response) => response.on('close', () => order.push('statement given up')));
  const db = await openDatabase(url);
  const { signal } = keep(db);
  signal.addEventListener('abort', () => order.push(signal.reason as string));
  await waitFor('the lease to be lost', () => signal.aborted);
  expect(order).toEqual(['lost']);
});

test('a database that is away for less than a lease costs nothing', async () => {
  const db = await testDatabase();
  const job = await makeJob(db, await makeUser(db), { status: 'processing', leaseExpiresAt: NOW });
  let absences = 2;
  const away: Database = Object.create(db, {
    update: {
      value: (table: typeof jobs) => {
        if (absences-- > 0) throw new Error('The database is away.');
        return db.update(table);
      },
    },
  });
  const { signal } = keep(away, { ...LEASE, jobId: job.id }, 3_000);
  await waitFor('the lease to be renewed', async () => {
    const [row] = await db.select().from(jobs).where(eq(jobs.id, job.id));
    return row!.leaseExpiresAt === NOW + 3_000;
  });
  expect(absences).toBeLessThan(0);
  expect(signal.aborted).toBe(false);
});
