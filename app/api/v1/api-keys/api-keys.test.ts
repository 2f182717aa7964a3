import '#tests/studio-folder';
import { beforeEach, expect, test } from 'vitest';
import { GET as listAudit } from '#app/api/v1/audit/route';
import { GET as listJobs } from '#app/api/v1/jobs/route';
import type { Database } from '#lib/db/client';
import { database } from '#lib/db/connection';
import { ApiClient, refusedFields } from '#tests/api-client';
import { DELETE as revoke, GET as getKey, PATCH as change } from './[id]/route.ts';
import { POST as rotate } from './[id]/rotate/route.ts';
import { GET as listKeys, POST as create } from './route.ts';

interface Key extends Record<string, unknown> {
  id: string;
  key: string | null;
}

let db: Database;
let anna: ApiClient;

beforeEach(async () => {
  db = await database();
  anna = await ApiClient.create(db);
});

async function made(body: object, headers: Record<string, string> = {}): Promise<Key> {
  const answer = await anna.postJson(create, { name: 'Build script', ...body }, headers);
  expect(answer.status).toBe(201);
  return (await answer.json()) as Key;
}

async function statusWith(key: string): Promise<number> {
  const request = new Request('http://studio.test/api/v1/jobs', { headers: { 'X-API-Key': key } });
  return (await listJobs(request, { params: Promise.resolve({}) })).status;
}

test('a key is made, seen, changed, has another take its place, and is revoked', async () => {
  const { key, ...shown } = await made({ scopes: ['jobs:write', 'jobs:read', 'jobs:read'], hourly_limit: 5 });
  expect(shown).toMatchObject({ scopes: ['jobs:read', 'jobs:write'], hourly_limit: 5, expires_at: null });
  const params = { id: shown.id };
  expect(await (await anna.call(getKey, { params })).json()).toEqual(shown);
  expect(await statusWith(key!)).toBe(200);

  const headers = { 'Content-Type': 'application/json' };
  const narrowed = JSON.stringify({ name: 'Upload script', scopes: ['jobs:write'] });
  const changed = await anna.call(change, { params, method: 'PATCH', headers, body: narrowed });
  expect(await changed.json()).toMatchObject({
    name: 'Upload script',
    scopes: ['jobs:write'],
    hourly_limit: 5,
  });
  expect(await statusWith(key!)).toBe(403);

  const rotated = await anna.call(rotate, { params, method: 'POST' });
  expect(rotated.status).toBe(201);
  const successor = (await rotated.json()) as Key;
  expect(successor).toMatchObject({ name: 'Upload script', hourly_limit: 5, replaces_id: shown.id });
  const old = (await (await anna.call(getKey, { params })).json()) as Record<string, string>;
  const dayMs = 24 * 60 * 60_000;
  expect(Date.parse(old.expires_at!) - Date.parse(String(successor.created_at))).toBe(dayMs);
  expect((await anna.call(rotate, { params, method: 'POST' })).status).toBe(409);

  expect((await anna.call(revoke, { params, method: 'DELETE' })).status).toBe(204);
  expect(await statusWith(key!)).toBe(401);
  expect(await statusWith(successor.key!)).toBe(403);
  const listed = (await (await anna.call(listKeys)).json()) as { items: Key[] };
  expect(listed.items.slice(0, 2).map(({ id }) => id)).toEqual([successor.id, shown.id]);
  expect(listed.items.filter((item) => 'key' in item)).toEqual([]);
});

test('a request that is sent again makes no other key, and does not show the first one again', async () => {
  const headers = { 'Idempotency-Key': 'once' };
  const { key, ...shown } = await made({}, headers);
  expect(await made({}, headers)).toEqual({ ...shown, key: null });
  const { rows } = await db.$client.execute('SELECT * FROM idempotency_keys');
  expect(JSON.stringify(rows)).toContain(shown.id);
  expect(JSON.stringify(rows)).not.toContain(key);
});

test.each([
  [{ name: ' ' }, '/name'],
  [{ scopes: [] }, '/scopes'],
  [{ scopes: ['everything'] }, '/scopes/0'],
  [{ expires_at: 'tomorrow' }, '/expires_at'],
  [{ expires_at: '2020-01-01T00:00:00Z' }, '/expires_at'],
  [{ hourly_limit: 0 }, '/hourly_limit'],
  [{ owner: 'somebody else' }, ''],
])('a key with %j is refused', async (body, pointer) => {
  const answer = await anna.postJson(create, { name: 'k', ...body });
  expect(answer.status).toBe(422);
  expect((await refusedFields(answer)).map((field) => field.split(' ')[0])).toEqual([pointer]);
});

test('an administrator reads who did it, by which key, from the audit log', async () => {
  const admin = await ApiClient.create(db, 'admin');
  const { id } = await made({});
  await anna.call(revoke, { params: { id }, method: 'DELETE', headers: { 'X-Request-Id': 'mine' } });
  const read = async (query: string) => {
    const answer = await admin.call(listAudit, { query });
    return (await answer.json()) as { items: Record<string, unknown>[]; next_cursor: string | null };
  };
  const mine = `actor=${anna.actor.userId}`;
  const { items, next_cursor: next } = await read(`${mine}&limit=1`);
  const revoked = { action: 'api_key.revoked', actor_id: anna.actor.userId, subject: id, request_id: 'mine' };
  expect(items).toMatchObject([revoked]);
  expect(items[0]!.details).toEqual({ by_key: expect.any(String) as string });
  const rest = await read(`${mine}&cursor=${next}`);
  expect(rest).toMatchObject({ items: [{ action: 'api_key.created', subject: id }], next_cursor: null });
  expect((await read(`${mine}&action=sign_out`)).items).toEqual([]);
  expect((await admin.call(listAudit, { query: 'action=mischief' })).status).toBe(422);
});
