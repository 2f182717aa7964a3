import { encode } from 'next-auth/jwt';
import { describe, expect, test, vi } from 'vitest';
import { webLog } from '#lib/config/web-log';
import type { Database } from '#lib/db/client';
import { testDatabase } from '#tests/database';
import { NOW } from '#tests/factories';
import { changePassword, createUser, type User } from './accounts.ts';
import { createApiKey, listApiKeys, revokeApiKey } from './api-keys.ts';
import { actorFromRequest } from './request-actor.ts';

const SECRET = vi.hoisted(() => (process.env.MULTIPLANE_AUTH_SECRET = 'for tests alone '.repeat(4)));
const COOKIE = 'authjs.session-token';
const PASSWORD = 'correct horse';

async function setUp() {
  const db = await testDatabase();
  const user = await createUser(db, { email: 'anna@example.com', password: PASSWORD }, 'user', NOW);
  return { db, user, actor: { userId: user.id, role: user.role } };
}

function ask(db: Database, headers: Record<string, string>, method = 'GET') {
  const request = new Request('http://studio.test/api/v1/jobs', { method, headers });
  return actorFromRequest(db, request, NOW);
}

async function cookieOf(user: User, secret = SECRET, name = COOKIE): Promise<string> {
  const token = { sub: user.id, sessionVersion: user.sessionVersion };
  return `theme=dark; ${name}=${await encode({ token, secret, salt: name })}`;
}

const unauthenticated = expect.objectContaining({ code: 'unauthenticated' });

describe('an API key', () => {
  test('speaks for its owner in either header until it is revoked', async () => {
    const { db, actor } = await setUp();
    const { key, apiKey } = await createApiKey(db, actor.userId, ' laptop ', NOW);
    expect(key).toMatch(/^mp_[\w-]{43}$/);
    expect(apiKey).toMatchObject({ name: 'laptop', prefix: key.slice(0, 10), lastUsedAt: null });
    expect(await ask(db, { 'x-api-key': key })).toEqual(actor);
    expect(await ask(db, { authorization: `bearer ${key}` })).toEqual(actor);
    expect(await listApiKeys(db, actor)).toMatchObject([{ id: apiKey.id, lastUsedAt: NOW }]);
    await revokeApiKey(db, actor, apiKey.id, NOW);
    await revokeApiKey(db, actor, apiKey.id, NOW + 1);
    await expect(ask(db, { 'x-api-key': key })).rejects.toEqual(unauthenticated);
    expect(await listApiKeys(db, actor)).toMatchObject([{ revokedAt: NOW }]);
  });

  test('is good for reading while nothing can be written', async () => {
    const { db, actor } = await setUp();
    const { key } = await createApiKey(db, actor.userId, 'laptop', NOW);
    const warn = vi.spyOn(webLog(), 'warn').mockReturnValue();
    await db.$client.execute('PRAGMA query_only=ON');
    expect(await ask(db, { 'x-api-key': key })).toEqual(actor);
    expect(warn).toHaveBeenCalledOnce();
    expect(await listApiKeys(db, actor)).toMatchObject([{ lastUsedAt: null }]);
  });

  test('is stored as a hash only', async () => {
    const { db, actor } = await setUp();
    const { key } = await createApiKey(db, actor.userId, 'laptop', NOW);
    const { rows } = await db.$client.execute('SELECT * FROM api_keys');
    expect(JSON.stringify(rows)).not.toContain(key.slice(10));
  });

  test('of somebody else can be neither seen nor revoked', async () => {
    const { db, actor } = await setUp();
    const other = await createUser(db, { email: 'b@example.com', password: PASSWORD }, 'admin', NOW);
    const { apiKey } = await createApiKey(db, actor.userId, 'laptop', NOW);
    const bert = { userId: other.id, role: other.role };
    expect(await listApiKeys(db, bert)).toEqual([]);
    await expect(revokeApiKey(db, bert, apiKey.id, NOW)).rejects.toMatchObject({ code: 'not_found' });
  });

  test('that is not valid is refused, even beside a session that is', async () => {
    const { db, user } = await setUp();
    const cookie = await cookieOf(user);
    for (const key of ['', 'mp_', `mp_${'A'.repeat(43)}`, "' OR 1=1 --"]) {
      await expect(ask(db, { 'x-api-key': key, cookie })).rejects.toEqual(unauthenticated);
    }
    await expect(ask(db, { authorization: 'Bearer nonsense', cookie })).rejects.toEqual(unauthenticated);
  });
});

describe('a session', () => {
  test('speaks for its user over http and https', async () => {
    const { db, user, actor } = await setUp();
    expect(await ask(db, { cookie: await cookieOf(user) })).toEqual(actor);
    expect(await ask(db, { cookie: await cookieOf(user, SECRET, `__Secure-${COOKIE}`) })).toEqual(actor);
  });

  test('ends when the password changes', async () => {
    const { db, user, actor } = await setUp();
    const cookie = await cookieOf(user);
    await changePassword(db, actor, { current: PASSWORD, next: 'battery staple' });
    await expect(ask(db, { cookie })).rejects.toEqual(unauthenticated);
  });

  test('that we did not seal is none', async () => {
    const { db, user } = await setUp();
    const forged = await cookieOf(user, 'another secret '.repeat(4));
    await expect(ask(db, { cookie: forged })).rejects.toEqual(unauthenticated);
    await expect(ask(db, { cookie: `${COOKIE}=nonsense` })).rejects.toEqual(unauthenticated);
    await expect(ask(db, {})).rejects.toEqual(unauthenticated);
  });

  test.each([
    [{ 'sec-fetch-site': 'cross-site' }, false],
    [{ 'sec-fetch-site': 'same-site', origin: 'http://studio.test' }, false],
    [{ 'sec-fetch-site': 'same-origin' }, true],
    [{ origin: 'http://evil.test', host: 'studio.test' }, false],
    [{ origin: 'null', host: 'studio.test' }, false],
    [{ origin: 'http://studio.test', host: 'studio.test' }, true],
    [{ origin: 'https://studio.test', 'x-forwarded-host': 'studio.test' }, true],
    [{}, true],
  ])('changes something with %j: %s', async (headers, allowed) => {
    const { db, user, actor } = await setUp();
    const cookie = await cookieOf(user);
    const asked = ask(db, { ...(headers as Record<string, string>), cookie }, 'POST');
    const outcome = await asked.catch((error: { code: string }) => error.code);
    expect(outcome).toEqual(allowed ? actor : 'forbidden');
    expect(await ask(db, { ...(headers as Record<string, string>), cookie })).toEqual(actor);
  });
});
