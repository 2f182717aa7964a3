import { expect, onTestFinished, test, vi } from 'vitest';
import { type Database, openDatabase } from '#lib/db/client';
import { budgets } from '#lib/db/schema/limits';
import { testDatabaseFile } from '#tests/database';
import { NOW } from '#tests/factories';
import { look, spend, spendLeased, type Spending } from './budgets.ts';

const MINUTE_MS = 60_000;
const HOUR = { name: 'hour', limit: 40, windowMs: 60 * MINUTE_MS };
const DAY = { name: 'day', limit: 60, windowMs: 24 * 60 * MINUTE_MS };

/** The database as two processes have it open. */
async function twoProcesses(): Promise<[Database, Database]> {
  const { db, url } = await testDatabaseFile();
  const other = await openDatabase(url);
  onTestFinished(() => other.$client.close());
  return [db, other];
}

function granted(spendings: readonly Spending[]): number {
  return spendings.filter((spending) => spending.granted).length;
}

test('a hundred at once from two processes never get more than there is', async () => {
  const [one, other] = await twoProcesses();
  const asked = Array.from({ length: 100 }, (_, at) => spend(at % 2 ? one : other, 'anna', [HOUR, DAY], NOW));
  expect(granted(await Promise.all(asked))).toBe(40);
  const standings = await look(one, 'anna', [HOUR, DAY], NOW);
  // What was refused for the hour took nothing of the day.
  expect(standings.map(({ used }) => used)).toEqual([40, 40]);
});

test('two budgets: the next window is fresh, and the longer one goes on', async () => {
  const [db] = await twoProcesses();
  const spendMany = async (count: number, now: number) => {
    const asked = Array.from({ length: count }, () => spend(db, 'anna', [HOUR, DAY], now));
    return granted(await Promise.all(asked));
  };
  expect(await spendMany(50, NOW + 1)).toBe(40);
  expect(await spendMany(50, NOW + HOUR.windowMs)).toBe(20);
  const refused = await spend(db, 'anna', [HOUR, DAY], NOW + HOUR.windowMs);
  expect(refused).toMatchObject({ granted: false, retryAt: NOW + DAY.windowMs });
  expect(await spendMany(1, NOW + DAY.windowMs)).toBe(1);
});

test('each is counted by themselves', async () => {
  const [db] = await twoProcesses();
  const only = { ...HOUR, limit: 1 };
  const answers = [await spend(db, 'anna', [only], NOW), await spend(db, 'bert', [only], NOW)];
  expect(granted(answers)).toBe(2);
});

test('who was refused is told so without a statement, until there is something again', async () => {
  const [db] = await twoProcesses();
  const only = { ...HOUR, limit: 1 };
  for (let at = 0; at < 2; at++) await spend(db, 'anna', [only], NOW);
  const execute = vi.spyOn(db.$client, 'execute');
  expect(await spend(db, 'anna', [only], NOW + 5)).toMatchObject({
    granted: false,
    retryAt: NOW + HOUR.windowMs,
  });
  expect(execute).not.toHaveBeenCalled();
  expect(await spend(db, 'anna', [{ ...only, limit: 2 }], NOW + 5)).toMatchObject({ granted: true });
});

test('a process whose clock is behind counts into the window of the others', async () => {
  const [db, behind] = await twoProcesses();
  const only = { ...HOUR, limit: 2 };
  const later = NOW + HOUR.windowMs;
  await spend(db, 'anna', [only], later);
  await spend(behind, 'anna', [only], later - 10);
  expect(await spend(behind, 'anna', [only], later - 10)).toMatchObject({ granted: false });
  expect(await spend(db, 'anna', [only], later)).toMatchObject({ granted: false });
});

test('what is leased costs a statement for a hundred, and of two processes no more than there is', async () => {
  const [one, other] = await twoProcesses();
  const reads = { ...HOUR, limit: 350 };
  const execute = vi.spyOn(one.$client, 'execute');
  const hundred = Array.from({ length: 100 }, () => spendLeased(one, 'anna', reads, NOW));
  expect(granted(await Promise.all(hundred))).toBe(100);
  expect(execute).toHaveBeenCalledTimes(1);
  const asked = Array.from({ length: 300 }, (_, at) => spendLeased(at % 2 ? one : other, 'anna', reads, NOW));
  expect(granted(await Promise.all(asked))).toBe(250);
  expect(await one.select({ used: budgets.used }).from(budgets)).toEqual([{ used: 350 }]);
  expect(await spendLeased(one, 'anna', reads, NOW + reads.windowMs)).toMatchObject({
    granted: true,
    standings: [{ used: 1, endsAt: NOW + 2 * reads.windowMs }],
  });
});
