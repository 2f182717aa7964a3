import '#tests/studio-folder';
import { eq } from 'drizzle-orm';
import { beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { inPerson } from '#lib/auth/caller';
import { CLIENT_ADDRESS_HEADER } from '#lib/auth/client-address';
import { apiKeys } from '#lib/db/schema/auth';
import { budgets } from '#lib/db/schema/limits';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { ApiClient } from '#tests/api-client';
import { makeUser, NOW } from '#tests/factories';
import { limitForm, limitRequest, limitSignIn } from './limits.ts';
import { operation } from './operation.ts';
import { routes, serve } from './serve.ts';

Object.assign(process.env, {
  MULTIPLANE_LIMIT_WEB_HOUR: '2',
  MULTIPLANE_LIMIT_API_HOUR: '3',
  MULTIPLANE_LIMIT_API_DAY: '5',
  MULTIPLANE_LIMIT_ENHANCE_MINUTE: '1',
  MULTIPLANE_LIMIT_SIGN_IN_MINUTE: '2',
});

const answers = { 200: { description: '' } };
const common = { path: '/x', chapter: 'Jobs', summary: '', answers } as const;
const read = operation({ ...common, id: 'read', method: 'GET', access: 'jobs:read' });
const write = operation({
  ...common,
  id: 'write',
  method: 'POST',
  access: 'jobs:write',
  body: { kind: 'json', schema: z.object({ n: z.number().optional() }) },
});
const { GET, POST } = routes(
  serve(read, () => Promise.resolve(Response.json({}))),
  serve(write, () => Promise.resolve(Response.json({}))),
);

let db: Database;

beforeAll(async () => {
  db = await database();
});

/** What an answer says of the budgets, with the moments at which they end left out. */
function said({ status, headers }: Response): [number, string | null, string | undefined] {
  const state = headers.get('ratelimit')?.replaceAll(/t=\d+/g, 't=…');
  return [status, headers.get('ratelimit-policy'), state];
}

const state = (hour: number, day: number) => `"api-hour";r=${hour};t=…, "api-day";r=${day};t=…`;

describe('a request with a key', () => {
  const POLICY = '"api-hour";q=3;w=3600, "api-day";q=5;w=86400';

  test('says what is left in the hour and in the day, refused or not, and then 429', async () => {
    const client = await ApiClient.create(db);
    expect(said(await client.postJson(POST, {}))).toEqual([200, POLICY, state(2, 4)]);
    expect(said(await client.postJson(POST, { n: 'x' }))).toEqual([422, POLICY, state(1, 3)]);
    expect(said(await client.postJson(POST, {}))).toEqual([200, POLICY, state(0, 2)]);
    const refused = await client.postJson(POST, {});
    expect(said(refused)).toEqual([429, POLICY, state(0, 2)]);
    const [, left] = /"api-hour";r=0;t=(\d+)/.exec(refused.headers.get('ratelimit')!)!;
    expect(refused.headers.get('retry-after')).toBe(left);
    expect(await refused.json()).toMatchObject({
      code: 'rate_limited',
      detail: 'That is more than 3 changes an hour with one key.',
      suggestion: expect.stringMatching(/^Try again in \d+ (s|min)\.$/),
    });
  });

  test('reads go on, by a budget of their own, one write for a hundred of them', async () => {
    const client = await ApiClient.create(db);
    for (let at = 0; at < 4; at++) await client.postJson(POST, {});
    const answers = await Promise.all(Array.from({ length: 120 }, () => client.call(GET)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(said(answers.at(-1)!)).toEqual([
      200,
      '"read-hour";q=20000;w=3600',
      expect.stringMatching(/^"read-hour";r=198\d\d;t=…$/),
    ]);
    const counts = await db.select({ budget: budgets.budget, used: budgets.used }).from(budgets);
    expect(counts).toContainEqual({ budget: 'read-hour', used: 200 });
  });

  test('goes by the key’s own numbers, and each key by itself', async () => {
    const [client, other] = [await ApiClient.create(db), await ApiClient.create(db)];
    const own = await ApiClient.create(db);
    await db.update(apiKeys).set({ hourlyLimit: 1, dailyLimit: 9 });
    await db
      .update(apiKeys)
      .set({ hourlyLimit: null, dailyLimit: null })
      .where(eq(apiKeys.ownerId, client.actor.userId));
    expect(said(await own.postJson(POST, {}))[1]).toBe('"api-hour";q=1;w=3600, "api-day";q=9;w=86400');
    expect((await own.postJson(POST, {})).status).toBe(429);
    expect((await other.postJson(POST, {})).status).toBe(200);
    expect(said(await client.postJson(POST, {}))[1]).toBe(POLICY);
  });

  test('that is not let in is not counted', async () => {
    const answer = await POST(new Request('http://studio.test/x', { method: 'POST' }), {
      params: Promise.resolve({}),
    });
    expect(said(answer)).toEqual([401, null, undefined]);
  });
});

test('at the dashboard a person has one budget, for its forms and its requests', async () => {
  const actor = await makeUser(db);
  const headers = new Headers();
  await limitForm(db, actor.userId, NOW);
  await limitRequest(db, 'write', inPerson(actor), headers, NOW + 1_500);
  expect(headers.get('ratelimit')).toBe('"web-hour";r=0;t=3599');
  await expect(limitForm(db, actor.userId, NOW + 2_000)).rejects.toMatchObject({
    code: 'rate_limited',
    suggestion: 'Try again in 60 min.',
    retryAfterMs: 3_598_000,
  });
  await limitForm(db, actor.userId, NOW + 3_600_000);
  await limitRequest(db, 'read', inPerson(actor), headers, NOW);
});

test('prompts have a budget of their own', async () => {
  const caller = inPerson(await makeUser(db));
  const ask = (now: number) => limitRequest(db, 'enhance', caller, new Headers(), now);
  await ask(NOW);
  await expect(ask(NOW + 59_000)).rejects.toMatchObject({ retryAfterMs: 1_000 });
  await ask(NOW + 60_000);
});

const from = (address: string) => limitSignIn(db, new Headers({ [CLIENT_ADDRESS_HEADER]: address }), NOW);

describe('who signs in', () => {
  test('is counted by address, IPv6 by its network', async () => {
    for (const address of ['192.0.2.1', '192.0.2.1', '192.0.2.2', '2001:db8::1', '2001:db8:0:0:ffff::2'])
      await from(address);
    await expect(from('192.0.2.1')).rejects.toMatchObject({ code: 'rate_limited', status: 429 });
    await expect(from('2001:db8::3')).rejects.toMatchObject({ code: 'rate_limited' });
    await from('2001:db8:0:1::1');
  });

  test('over no network is not', async () => {
    const headers = new Headers();
    for (let at = 0; at < 3; at++) await limitSignIn(db, new Headers(), NOW, headers);
    expect(headers.get('ratelimit')).toBeNull();
  });
});
