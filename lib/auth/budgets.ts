import { sql } from 'drizzle-orm';
import type { Database } from '#lib/db/client';
import { given, prepared } from '#lib/db/prepared';
import { budgets } from '#lib/db/schema/limits';
import { BudgetMemory } from './budget-memory.ts';

/*
 * How many requests somebody has made, counted in the database, so that all web processes count together. Windows are
 * fixed and begin at whole multiples of their length, UTC. See docs/decisions/025-limits-and-quotas.md.
 */

/** So many requests in each window of time. */
export interface Budget {
  /** Unique, and what callers know it by. */
  name: string;
  /** At least 1. */
  limit: number;
  windowMs: number;
}

/** How a budget stands. */
export interface Standing {
  budget: Budget;
  used: number;
  /** When the window ends, epoch milliseconds. */
  endsAt: number;
}

/** What became of a wish to spend. Where it was refused, nothing was spent, and nothing can be before `retryAt`. */
export type Spending = { standings: Standing[] } & ({ granted: true } | { granted: false; retryAt: number });

/** Requests that are taken from the shared count together, where each by itself would be a write for every read. */
const LEASED = 100;

const SUBJECT = given('subject');
const COST = given<number>('cost');
const ASKED = given('asked');

/** All or none of them. A process whose clock is behind counts into the window that has begun for the others. */
const SPEND = prepared(
  sql`
    INSERT INTO ${budgets} (budget, subject, window_start, used)
    SELECT value ->> 0, ${SUBJECT}, value ->> 1, ${COST} FROM json_each(${ASKED})
    WHERE NOT EXISTS (
      SELECT 1 FROM json_each(${ASKED}) AS asked LEFT JOIN ${budgets} AS spent
        ON spent.budget = asked.value ->> 0 AND spent.subject = ${SUBJECT} AND spent.window_start >= asked.value ->> 1
      WHERE coalesce(spent.used, 0) + ${COST} > asked.value ->> 2)
    ON CONFLICT (budget, subject) DO UPDATE SET
      used = iif(window_start < excluded.window_start, 0, used) + excluded.used,
      window_start = max(window_start, excluded.window_start)
    RETURNING budget, window_start, used`,
  (rows) => rows.map(spentOf),
);

const LOOK = prepared(
  sql`
    SELECT budget, window_start, used FROM ${budgets}
    WHERE subject = ${SUBJECT} AND budget IN (SELECT value ->> 0 FROM json_each(${ASKED}))`,
  (rows) => rows.map(spentOf),
);

const memories = new WeakMap<Database, BudgetMemory>();

/** Count a request of somebody against all of these budgets, or against none of them where one has no room for it. */
export async function spend(
  db: Database,
  subject: string,
  asked: readonly Budget[],
  now: number,
  cost = 1,
): Promise<Spending> {
  const { refusals } = memoryOf(db);
  const key = `${subject} ${cost} ${JSON.stringify(asked)}`;
  const refusal = refusals.find(key, now);
  if (refusal) return refusal;
  const spent = await SPEND({ subject, cost, asked: wireOf(asked, now) }).run(db);
  if (spent.length > 0) return { granted: true, standings: standingsOf(asked, spent, now) };
  const standings = await look(db, subject, asked, now);
  const full = standings.filter(({ budget, used }) => used + cost > budget.limit);
  // Room may have come back since: then it is asked for again at once.
  const retryAt = Math.max(now, ...full.map(({ endsAt }) => endsAt));
  return refusals.keep(key, { granted: false, standings, retryAt, endsAt: retryAt }, now);
}

/**
 * The same for what is asked so often that counting must not write each time: a process takes a hundred from the shared
 * count at once and hands them out. What it does not use up of them counts as spent.
 */
export async function spendLeased(
  db: Database,
  subject: string,
  budget: Budget,
  now: number,
): Promise<Spending> {
  const { leases, renewing } = memoryOf(db);
  const key = `${subject} ${budget.name} ${budget.limit}`;
  for (;;) {
    const lease = leases.find(key, now);
    if (lease && lease.left > 0) {
      lease.left -= 1;
      const standing = { budget, used: lease.used - lease.left, endsAt: lease.endsAt };
      return { granted: true, standings: [standing] };
    }
    const renewal = await renewing.once(key, async () => {
      const block = await spend(db, subject, [budget], now, LEASED);
      const last = block.granted ? block : await spend(db, subject, [budget], now);
      const { used, endsAt } = last.standings[0]!;
      if (last.granted) leases.keep(key, { used, endsAt, left: block.granted ? LEASED : 1 }, now);
      return last;
    });
    if (!renewal.granted) return renewal;
  }
}

/** How somebody's budgets stand; nothing is spent. */
export async function look(
  db: Database,
  subject: string,
  asked: readonly Budget[],
  now: number,
): Promise<Standing[]> {
  return standingsOf(asked, await LOOK({ subject, asked: wireOf(asked, now) }).run(db), now);
}

interface Spent {
  name: string;
  windowStart: number;
  used: number;
}

function spentOf(row: ArrayLike<unknown>): Spent {
  return { name: row[0] as string, windowStart: row[1] as number, used: row[2] as number };
}

function wireOf(asked: readonly Budget[], now: number): string {
  return JSON.stringify(asked.map((budget) => [budget.name, windowStart(budget, now), budget.limit]));
}

function standingsOf(asked: readonly Budget[], spent: readonly Spent[], now: number): Standing[] {
  return asked.map((budget) => {
    const start = windowStart(budget, now);
    const own = spent.find(({ name, windowStart }) => name === budget.name && windowStart >= start);
    return { budget, used: own?.used ?? 0, endsAt: (own?.windowStart ?? start) + budget.windowMs };
  });
}

function windowStart({ windowMs }: Budget, now: number): number {
  return now - (now % windowMs);
}

function memoryOf(db: Database): BudgetMemory {
  if (!memories.has(db)) memories.set(db, new BudgetMemory());
  return memories.get(db)!;
}
