import { beforeEach, describe, expect, test, vi } from 'vitest';
import { webLog } from '#lib/config/web-log';
import type { Actor } from '#lib/core/actor';
import type { Database } from '#lib/db/client';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { callerOfApiKey } from './api-key-caller.ts';
import type { KeySettings } from './api-key-input.ts';
import {
  changeApiKey,
  createApiKey,
  getApiKey,
  listApiKeys,
  revokeApiKey,
  unrevokedApiKeys,
} from './api-keys.ts';
import { type Caller, inPerson } from './caller.ts';
import { rotateApiKey } from './rotate-api-key.ts';
import { type Scope, SCOPES } from './scopes.ts';

const DAY_MS = 24 * 60 * 60_000;
const EVERYTHING = [...SCOPES];
const forbidden = expect.objectContaining({ code: 'forbidden' });
const conflict = expect.objectContaining({ code: 'conflict' });

let db: Database;
let anna: Actor;
let person: Caller;

beforeEach(async () => {
  db = await testDatabase();
  anna = await makeUser(db);
  person = inPerson(anna);
});

async function callerWith(...scopes: Scope[]): Promise<Caller> {
  const { key } = await createApiKey(db, person, { name: 'program', scopes }, NOW);
  return (await callerOfApiKey(db, key, NOW))!;
}

describe('a key', () => {
  test('is for jobs where nobody says otherwise, and is stored as a hash only', async () => {
    const { key, apiKey } = await createApiKey(db, person, { name: 'laptop' }, NOW);
    expect(key).toMatch(/^mp_[\w-]{43}$/);
    expect(apiKey).toMatchObject({ name: 'laptop', prefix: key.slice(0, 10), lastUsedAt: null });
    expect(await callerOfApiKey(db, key, NOW)).toEqual({
      actor: anna,
      via: { keyId: apiKey.id, scopes: ['jobs:read', 'jobs:write'], limits: { hourly: null, daily: null } },
    });
    const { rows } = await db.$client.execute('SELECT * FROM api_keys');
    expect(JSON.stringify(rows)).not.toContain(key.slice(10));
  });

  test('has a last use, to the minute', async () => {
    const { key, apiKey } = await createApiKey(db, person, { name: 'laptop' }, NOW);
    const lastUse = async (now: number) => {
      expect(await callerOfApiKey(db, key, now)).not.toBeNull();
      return (await getApiKey(db, anna, apiKey.id)).lastUsedAt;
    };
    expect(await lastUse(NOW)).toBe(NOW);
    expect(await lastUse(NOW + 59_999)).toBe(NOW);
    expect(await lastUse(NOW + 60_000)).toBe(NOW + 60_000);
  });

  test('is good for reading while nothing can be written', async () => {
    const { key, apiKey } = await createApiKey(db, person, { name: 'laptop' }, NOW);
    const warn = vi.spyOn(webLog(), 'warn').mockReturnValue();
    await db.$client.execute('PRAGMA query_only=ON');
    expect(await callerOfApiKey(db, key, NOW)).not.toBeNull();
    expect(warn).toHaveBeenCalledOnce();
    expect(await getApiKey(db, anna, apiKey.id)).toMatchObject({ lastUsedAt: null });
  });

  test('is taken until the moment it expires', async () => {
    const wanted = { name: 'for a day', expiresAt: NOW + DAY_MS };
    const { key } = await createApiKey(db, person, wanted, NOW);
    expect(await callerOfApiKey(db, key, NOW + DAY_MS - 1)).not.toBeNull();
    expect(await callerOfApiKey(db, key, NOW + DAY_MS)).toBeNull();
    await expect(createApiKey(db, person, { name: 'late', expiresAt: NOW }, NOW)).rejects.toMatchObject({
      fields: [{ pointer: '/expires_at' }],
    });
  });

  test('makes an administrator one only where it has the scope', async () => {
    const admin = inPerson(await makeUser(db, 'admin'));
    const roleBy = async (scopes: Scope[]) => {
      const { key } = await createApiKey(db, admin, { name: 'k', scopes }, NOW);
      return (await callerOfApiKey(db, key, NOW))!.actor.role;
    };
    expect(await roleBy(['jobs:read', 'jobs:write', 'models:write'])).toBe('user');
    expect(await roleBy(['admin'])).toBe('admin');
  });

  test('that is revoked has ended for good', async () => {
    const { key, apiKey } = await createApiKey(db, person, { name: 'laptop' }, NOW);
    await revokeApiKey(db, anna, apiKey.id, NOW);
    await revokeApiKey(db, anna, apiKey.id, NOW + 1);
    expect(await callerOfApiKey(db, key, NOW)).toBeNull();
    expect(await getApiKey(db, anna, apiKey.id)).toMatchObject({ revokedAt: NOW });
    expect(await unrevokedApiKeys(db, anna)).toEqual([]);
    await expect(changeApiKey(db, person, apiKey.id, { name: 'back' }, NOW)).rejects.toEqual(conflict);
    await expect(rotateApiKey(db, person, apiKey.id, 0, NOW)).rejects.toEqual(conflict);
  });

  test('of somebody else is not there, even for an administrator', async () => {
    const bert = inPerson(await makeUser(db, 'admin'));
    const { apiKey } = await createApiKey(db, person, { name: 'laptop' }, NOW);
    expect((await listApiKeys(db, bert.actor, { limit: 10 })).items).toEqual([]);
    const attempts = [
      getApiKey(db, bert.actor, apiKey.id),
      changeApiKey(db, bert, apiKey.id, { name: 'mine' }, NOW),
      rotateApiKey(db, bert, apiKey.id, 0, NOW),
      revokeApiKey(db, bert.actor, apiKey.id, NOW),
    ];
    for (const attempt of attempts) await expect(attempt).rejects.toMatchObject({ code: 'not_found' });
    expect(await getApiKey(db, anna, apiKey.id)).toEqual(apiKey);
  });
});

test('keys are listed newest first, a page at a time', async () => {
  for (const name of ['a', 'b', 'c']) await createApiKey(db, person, { name }, NOW);
  const first = await listApiKeys(db, anna, { limit: 2 });
  const second = await listApiKeys(db, anna, { limit: 2, cursor: first.nextCursor! });
  expect([first, second].map(({ items }) => items.map(({ name }) => name))).toEqual([['c', 'b'], ['a']]);
  expect(second.nextCursor).toBeNull();
});

describe('nobody hands on what they do not have', () => {
  test('a key makes and widens keys only as far as its own scopes', async () => {
    const narrow = await callerWith('admin', 'jobs:read');
    const wanted = { name: 'k', scopes: ['jobs:read', 'jobs:write'] satisfies Scope[] };
    await expect(createApiKey(db, narrow, wanted, NOW)).rejects.toEqual(forbidden);
    const { apiKey } = await createApiKey(db, narrow, { name: 'k', scopes: ['jobs:read'] }, NOW);
    const widen = (caller: Caller) => changeApiKey(db, caller, apiKey.id, { scopes: EVERYTHING }, NOW);
    await expect(widen(narrow)).rejects.toEqual(forbidden);
    expect(await getApiKey(db, anna, apiKey.id)).toMatchObject({ scopes: ['jobs:read'] });
    expect(await widen(person)).toMatchObject({ scopes: EVERYTHING });
    expect(await changeApiKey(db, narrow, apiKey.id, { scopes: ['admin'] }, NOW)).toMatchObject({
      scopes: ['admin'],
      name: 'k',
    });
  });

  test('a key gets no successor of one that may do more than it', async () => {
    const narrow = await callerWith('admin');
    const { apiKey } = await createApiKey(db, person, { name: 'k', scopes: EVERYTHING }, NOW);
    await expect(rotateApiKey(db, narrow, apiKey.id, 0, NOW)).rejects.toEqual(forbidden);
    expect(await getApiKey(db, anna, apiKey.id)).toEqual(apiKey);
  });

  test('only an administrator gives a key more requests than any key has', async () => {
    const admin = inPerson(await makeUser(db, 'admin'));
    await expect(createApiKey(db, person, { name: 'k', hourlyLimit: 501 }, NOW)).rejects.toEqual(forbidden);
    const { key, apiKey } = await createApiKey(db, person, { name: 'k', hourlyLimit: 5 }, NOW);
    await expect(changeApiKey(db, person, apiKey.id, { dailyLimit: 2_001 }, NOW)).rejects.toEqual(forbidden);
    await changeApiKey(db, person, apiKey.id, { dailyLimit: 50 }, NOW);
    const { via } = (await callerOfApiKey(db, key, NOW))!;
    expect(via).toMatchObject({ limits: { hourly: 5, daily: 50 } });
    expect((await createApiKey(db, admin, { name: 'k', dailyLimit: 9_999 }, NOW)).apiKey).toMatchObject({
      dailyLimit: 9_999,
    });
  });
});

describe('rotation', () => {
  test('gives a new key all that the old one had, which goes on until the overlap is over', async () => {
    const settings: Partial<KeySettings> = { scopes: ['jobs:read'], hourlyLimit: 7, dailyLimit: 9 };
    const lifetime = { name: 'build', expiresAt: NOW + 90 * DAY_MS };
    const old = await createApiKey(db, person, { ...lifetime, ...settings }, NOW);
    const later = NOW + 30 * DAY_MS;
    const { key, apiKey } = await rotateApiKey(db, person, old.apiKey.id, DAY_MS, later);
    const expected = { name: 'build', expiresAt: later + 90 * DAY_MS, createdAt: later };
    expect(apiKey).toMatchObject({ ...settings, ...expected, replacesId: old.apiKey.id });
    expect(await callerOfApiKey(db, key, later)).toMatchObject({ actor: anna, via: { keyId: apiKey.id } });
    expect(await callerOfApiKey(db, old.key, later + DAY_MS - 1)).not.toBeNull();
    expect(await callerOfApiKey(db, old.key, later + DAY_MS)).toBeNull();
  });

  test('never lengthens the old one’s life, and without an overlap ends it at once', async () => {
    const soon = await createApiKey(db, person, { name: 'soon', expiresAt: NOW + 5 }, NOW);
    await rotateApiKey(db, person, soon.apiKey.id, DAY_MS, NOW);
    expect(await getApiKey(db, anna, soon.apiKey.id)).toMatchObject({ expiresAt: NOW + 5 });
    const leaked = await createApiKey(db, person, { name: 'leaked' }, NOW);
    const { apiKey } = await rotateApiKey(db, person, leaked.apiKey.id, 0, NOW);
    expect(apiKey.expiresAt).toBeNull();
    expect(await callerOfApiKey(db, leaked.key, NOW)).toBeNull();
  });

  test('of many who ask at once, one gets a key', async () => {
    const { apiKey } = await createApiKey(db, person, { name: 'k' }, NOW);
    const asked = Array.from({ length: 8 }, () => rotateApiKey(db, person, apiKey.id, DAY_MS, NOW));
    const outcomes = await Promise.allSettled(asked);
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected');
    expect(refused.map(({ reason }) => reason as unknown)).toEqual(Array.from({ length: 7 }, () => conflict));
    const left = await unrevokedApiKeys(db, anna);
    expect(left.map(({ id, isReplaced }) => [id === apiKey.id, isReplaced])).toEqual([
      [false, false],
      [true, true],
    ]);
    await revokeApiKey(db, anna, left[0]!.id, NOW);
    expect(await unrevokedApiKeys(db, anna)).toMatchObject([{ id: apiKey.id, isReplaced: true }]);
  });
});
