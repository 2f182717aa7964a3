import { expect, test } from 'vitest';
import type { Actor } from '#lib/core/actor';
import { queueScope } from './queue-scope.ts';

const administrator: Actor = { userId: 'anna', role: 'admin' };

function scopeOf(query: string) {
  return queueScope(new Request(`http://studio.test/api/v1/queue/stop?${query}`), administrator);
}

test('a queue is one’s own unless everyone’s is meant', () => {
  expect(scopeOf('')).toBe('mine');
  expect(scopeOf('scope=everyone')).toBe('everyone');
});

test.each([
  ['scope=all', 'unknown'],
  ['scope=mine&scope=everyone', 'duplicate'],
  ['scope=everyone&scope=', 'duplicate'],
])('%s is refused', (query, code) => {
  const fields = [expect.objectContaining({ pointer: '/scope', code })];
  expect(() => scopeOf(query)).toThrowError(expect.objectContaining({ code: 'validation_failed', fields }));
});
