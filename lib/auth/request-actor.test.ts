import { encode } from 'next-auth/jwt';
import { describe, expect, test, vi } from 'vitest';
import type { AppError } from '#lib/core/errors';
import { type Database, openDatabase } from '#lib/db/client';
import { testDatabase, testDatabaseFile } from '#tests/database';
import { NOW } from '#tests/factories';
import { changePassword, createUser, type User } from './accounts.ts';
import { actorOf } from './actor.ts';
import { createApiKey, revokeApiKey } from './api-keys.ts';
import { inPerson } from './caller.ts';
import { callerFromRequest } from './request-actor.ts';

const SECRET = vi.hoisted(() => (process.env.MULTIPLANE_AUTH_SECRET = 'for tests alone '.repeat(4)));
const COOKIE = 'authjs.session-token';
const PASSWORD = 'correct horse';

async function setUp(given?: Database) {
  const db = given ?? (await testDatabase());
  const user = await createUser(db, { email: 'anna@example.com', password: PASSWORD }, 'user', NOW);
  return { db, user, actor: actorOf(user) };
}

function ask(db: Database, headers: Record<string, string>, method = 'GET') {
  const request = new Request('http://studio.test/api/v1/jobs', { method, headers });
  return callerFromRequest(db, request, NOW).then(({ actor }) => actor);
}

async function cookieOf(user: User, secret = SECRET, name = COOKIE): Promise<string> {
  const token = { sub: user.id, sessionVersion: user.sessionVersion };
  return `theme=dark; ${name}=${await encode({ token, secret, salt: name })}`;
}

const unauthenticated = expect.objectContaining({ code: 'unauthenticated' });

describe('an API key', () => {
  test('speaks for its owner in either header until it is revoked', async () => {
    const { db, actor } = await setUp();
    const { key, apiKey } = await createApiKey(db, inPerson(actor), { name: 'laptop' }, NOW);
    expect(await ask(db, { 'x-api-key': key })).toEqual(actor);
    expect(await ask(db, { authorization: `bearer ${key}` })).toEqual(actor);
    await revokeApiKey(db, actor, apiKey.id, NOW);
    await expect(ask(db, { 'x-api-key': key })).rejects.toEqual(unauthenticated);
  });

  test('ends at once when another process revokes it', async () => {
    const { db: here, url } = await testDatabaseFile();
    const { actor } = await setUp(here);
    const { key, apiKey } = await createApiKey(here, inPerson(actor), { name: 'laptop' }, NOW);
    expect(await ask(here, { 'x-api-key': key })).toEqual(actor);
    const elsewhere = await openDatabase(url);
    await revokeApiKey(elsewhere, actor, apiKey.id, NOW);
    elsewhere.$client.close();
    await expect(ask(here, { 'x-api-key': key })).rejects.toEqual(unauthenticated);
  });

  test('that is not valid is refused, even beside a session that is, and never with a reason', async () => {
    const { db, user, actor } = await setUp();
    const cookie = await cookieOf(user);
    const expired = await createApiKey(db, inPerson(actor), { name: 'old', expiresAt: NOW }, NOW - 1);
    const revoked = await createApiKey(db, inPerson(actor), { name: 'gone' }, NOW);
    await revokeApiKey(db, actor, revoked.apiKey.id, NOW);
    const keys = ['', 'mp_', `mp_${'A'.repeat(43)}`, "' OR 1=1 --", expired.key, revoked.key];
    const headers = [...keys.map((key) => ({ 'x-api-key': key })), { authorization: 'Bearer nonsense' }];
    const said = await Promise.all(
      headers.map((given) =>
        ask(db, { ...given, cookie }).catch(({ code, message, suggestion }: AppError) =>
          JSON.stringify({ code, message, suggestion }),
        ),
      ),
    );
    expect(said).toHaveLength(7);
    expect(said[0]).toContain('"code":"unauthenticated"');
    expect(new Set(said).size).toBe(1);
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
    const given = { ...(headers as Record<string, string>), cookie: await cookieOf(user) };
    const outcome = (method: string) => ask(db, given, method).catch((error: { code: string }) => error.code);
    expect(await outcome('POST')).toEqual(allowed ? actor : 'forbidden');
    // A link from elsewhere leads to what can be read; a script of elsewhere, which shows its origin, is kept from it.
    expect(await outcome('GET')).toEqual(allowed || !('origin' in headers) ? actor : 'forbidden');
  });
});
