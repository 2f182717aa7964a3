import ipaddr from 'ipaddr.js';
import { type Budget, look, spend, spendLeased, type Spending, type Standing } from '#lib/auth/budgets';
import type { Caller } from '#lib/auth/caller';
import { clientAddress } from '#lib/auth/client-address';
import { settings } from '#lib/config/settings';
import { webLog } from '#lib/config/web-log';
import { AppError } from '#lib/core/errors';
import type { Database } from '#lib/db/client';
import type { Operation } from './operation.ts';

/* Which budget a request is counted against, and what its answer says of it. */

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** A budget, with what it is a number of, for people. */
type NamedBudget = Budget & { of: string };

/**
 * Count a request and say in `headers` how its budgets stand. What is asked by nobody in particular is not counted.
 * Throws AppError `rate_limited`.
 */
export async function limitRequest(
  db: Database,
  kind: Operation['budget'],
  caller: Caller | null,
  headers: Headers,
  now: number,
): Promise<void> {
  if (caller === null || kind === 'none') return;
  const budgets = budgetsOf(kind, caller);
  if (budgets.length === 0) return;
  const spending = await count(db, kind, subjectOf(caller), budgets, now);
  if (spending) settle(spending, headers, now);
}

/** Count a form of the dashboard as a change of its person's. Throws AppError `rate_limited`. */
export async function limitForm(db: Database, userId: string, now: number): Promise<void> {
  const budgets = withLimit([webHour()]);
  if (budgets.length > 0) settle(await spend(db, ofUser(userId), budgets, now), new Headers(), now);
}

/** Count an attempt to sign in or register, by where it comes from. Throws AppError `rate_limited`. */
export async function limitSignIn(
  db: Database,
  request: Pick<Headers, 'get'>,
  now: number,
  headers = new Headers(),
): Promise<void> {
  const address = clientAddress(request);
  const signIn = { name: 'sign-in-minute', limit: settings().limits.signInMinute, windowMs: MINUTE_MS };
  const budgets = withLimit([{ ...signIn, of: 'tries a minute' }]);
  if (address === null || budgets.length === 0) return;
  settle(await spend(db, `address:${networkOf(address)}`, budgets, now), headers, now);
}

/** How the budgets of whoever asks stand; nothing is counted. */
export async function standingsOf(db: Database, caller: Caller, now: number): Promise<Standing[]> {
  const kinds = ['write', 'read', 'enhance'] as const;
  const budgets = kinds.flatMap((kind) => budgetsOf(kind, caller));
  return look(db, subjectOf(caller), budgets, now);
}

function budgetsOf(kind: Exclude<Operation['budget'], 'none'>, { via }: Caller): NamedBudget[] {
  const { readsHour, enhanceMinute, apiHour, apiDay } = settings().limits;
  if (kind === 'read')
    return withLimit([{ name: 'read-hour', limit: readsHour, windowMs: HOUR_MS, of: 'readings an hour' }]);
  if (kind === 'enhance')
    return withLimit([
      { name: 'enhance-minute', limit: enhanceMinute, windowMs: MINUTE_MS, of: 'prompts a minute' },
    ]);
  if ('session' in via) return withLimit([webHour()]);
  const { hourly, daily } = via.limits;
  return withLimit([
    { name: 'api-hour', limit: hourly ?? apiHour, windowMs: HOUR_MS, of: 'changes an hour with one key' },
    { name: 'api-day', limit: daily ?? apiDay, windowMs: DAY_MS, of: 'changes a day with one key' },
  ]);
}

function webHour(): NamedBudget {
  return { name: 'web-hour', limit: settings().limits.webHour, windowMs: HOUR_MS, of: 'changes an hour' };
}

function withLimit(budgets: NamedBudget[]): NamedBudget[] {
  return budgets.filter(({ limit }) => limit > 0);
}

/** Null where it could not be counted that somebody reads: what can be read is read all the same. */
async function count(
  db: Database,
  kind: Operation['budget'],
  subject: string,
  budgets: NamedBudget[],
  now: number,
): Promise<Spending | null> {
  if (kind !== 'read') return spend(db, subject, budgets, now);
  return spendLeased(db, subject, budgets[0]!, now).catch((error: unknown) => {
    webLog().warn({ err: error }, 'a request that reads was not counted');
    return null;
  });
}

function settle(spending: Spending, headers: Headers, now: number): void {
  const { standings } = spending;
  headers.set('RateLimit-Policy', standings.map(({ budget }) => policyOf(budget)).join(', '));
  headers.set('RateLimit', standings.map((standing) => stateOf(standing, now)).join(', '));
  if (!spending.granted) throw rateLimited(spending, now);
}

/* Structured fields as in draft-ietf-httpapi-ratelimit-headers-10: quota and window; what is left of it and for how long. */

function policyOf({ name, limit, windowMs }: Budget): string {
  return `"${name}";q=${limit};w=${windowMs / 1000}`;
}

function stateOf({ budget, used, endsAt }: Standing, now: number): string {
  const left = Math.max(0, budget.limit - used);
  return `"${budget.name}";r=${left};t=${Math.ceil((endsAt - now) / 1000)}`;
}

function rateLimited({ standings, retryAt }: Spending & { granted: false }, now: number): AppError {
  const full = standings.findLast(({ budget, used }) => used >= budget.limit) ?? standings[0]!;
  const { limit, of } = full.budget as NamedBudget;
  const retryAfterMs = Math.max(1_000, retryAt - now);
  return new AppError('rate_limited', `That is more than ${limit} ${of}.`, {
    suggestion: `Try again in ${inWords(retryAfterMs)}.`,
    retryAfterMs,
  });
}

function inWords(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}

/** Somebody at the dashboard is counted together, wherever they are signed in; a program by its key. */
function subjectOf({ actor, via }: Caller): string {
  return 'session' in via ? ofUser(actor.userId) : `key:${via.keyId}`;
}

function ofUser(userId: string): string {
  return `user:${userId}`;
}

/** An IPv6 address by its first 64 bits: who has one has all of those. */
function networkOf(address: string): string {
  if (!address.includes(':')) return address;
  return ipaddr.parse(address).toNormalizedString().split(':').slice(0, 4).join(':');
}
