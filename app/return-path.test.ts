import { expect, test } from 'vitest';
import { doorHref, returnPath } from './return-path.ts';

test.each(['/', '/jobs/0198', '/jobs?status=failed&cursor=1', '/account'])(
  'the door leads on to %s',
  (path) => {
    const door = new URL(doorHref('/sign-in', path), 'http://studio.example');
    expect(door.pathname).toBe('/sign-in');
    expect(returnPath(door.searchParams.get('next') ?? undefined)).toBe(path);
  },
);

test.each([
  undefined,
  ['/jobs', '/account'],
  '',
  'jobs',
  'https://evil.example/jobs',
  'javascript:alert(1)',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/.//evil.example',
  '/jobs/..//evil.example',
  '//[',
])('it leads nowhere else: %j', (asked) => {
  expect(returnPath(asked)).toBe('/');
});
