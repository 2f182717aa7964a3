import { expect, test } from 'vitest';
import type { AppError } from '#lib/core/errors';
import { jobFilterOf, jobQuery } from './list-query.ts';
import { queryOf } from './query.ts';

function filterOf(query: string) {
  return jobFilterOf(queryOf(new Request(`http://studio.test/api/v1/jobs?${query}`), jobQuery));
}

function refused(query: string) {
  try {
    filterOf(query);
  } catch (error) {
    return (error as AppError).fields;
  }
  throw new Error(`${query} was taken`);
}

test('a filter is read, without its empty parts', () => {
  const read = filterOf('status=failed&model=&limit=5&created_after=1970-01-01T00:00:01Z&text=%20bay%20');
  expect(read).toEqual({
    status: 'failed',
    limit: 5,
    createdAfter: 1000,
    createdBefore: undefined,
    text: 'bay',
  });
  expect(filterOf('').limit).toBe(20);
});

test('one that is not right is told in words what would be', () => {
  const fields = refused(`status=done&limit=101&cursor=x&created_after=soon&text=${'x'.repeat(201)}`);
  expect(fields.map((field) => field.message).sort()).toEqual([
    'created_after is a date such as 2026-01-31T12:00:00Z.',
    'cursor is an id such as 019a9f00-0000-7000-8000-000000000000.',
    'limit is a whole number from 1 to 100.',
    'status is one of pending, processing, completed, failed, cancelled.',
    'text is a text of 1 to 200 characters.',
  ]);
});

test.each(['status=completed&status=failed', 'status=&status=failed'])('%s could mean either', (query) => {
  expect(refused(query)).toMatchObject([{ pointer: '/status', code: 'duplicate' }]);
});
