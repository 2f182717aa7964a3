import { expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import { actorOf } from '#lib/auth/actor';
import type { Caller } from '#lib/auth/caller';
import { queryOf } from './query.ts';
import { isForEveryone, scopeQuery } from './queue-scope.ts';

const session: Caller['via'] = { session: true };
const key = { keyId: 'k', limits: { hourly: null, daily: null } };
const plainKey: Caller['via'] = { ...key, scopes: ['jobs:read', 'jobs:write'] };
const adminKey: Caller['via'] = { ...key, scopes: ['admin'] };

function scopeOf(query: string) {
  return queryOf(new Request(`http://studio.test/api/v1/queue/stop?${query}`), scopeQuery);
}

test('a queue is one’s own unless everyone’s is meant', () => {
  expect(scopeOf('')).toEqual({ scope: 'mine' });
  expect(scopeOf('scope=')).toEqual({ scope: 'mine' });
  expect(scopeOf('scope=everyone')).toEqual({ scope: 'everyone' });
});

test.each([
  ['scope=all', 'invalid_value'],
  ['scope=mine&scope=everyone', 'duplicate'],
  ['scope=everyone&scope=', 'duplicate'],
])('%s is refused', (query, code) => {
  const fields = [expect.objectContaining({ pointer: '/scope', code })];
  expect(() => scopeOf(query)).toThrowError(expect.objectContaining({ code: 'validation_failed', fields }));
});

function callerOf(role: Actor['role'], via: Caller['via']): Caller {
  return { actor: actorOf({ id: 'anna', role }), via };
}

test('everyone’s queue is for administrators, in person or by a key for that', () => {
  expect(isForEveryone({ scope: 'everyone' }, callerOf('admin', session))).toBe(true);
  expect(isForEveryone({ scope: 'everyone' }, callerOf('admin', adminKey))).toBe(true);
  expect(isForEveryone({ scope: 'mine' }, callerOf('user', plainKey))).toBe(false);
});

test.each([
  ['an administrator with a key for jobs', 'admin', plainKey],
  ['anybody else', 'user', session],
  ['anybody else with a key for more than they may', 'user', adminKey],
] as const)('and not for %s', (_who, role, via) => {
  expect(() => isForEveryone({ scope: 'everyone' }, callerOf(role, via))).toThrowError(
    expect.objectContaining({ code: 'forbidden' }),
  );
});
