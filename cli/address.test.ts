import { expect, test } from 'vitest';
import { readableUrl, reachableUrl } from './address.ts';

test.each([
  ['127.0.0.1', 'http://127.0.0.1:3000', 'http://localhost:3000'],
  ['0.0.0.0', 'http://127.0.0.1:3000', 'http://localhost:3000'],
  ['::', 'http://[::1]:3000', 'http://localhost:3000'],
  ['fd00::5', 'http://[fd00::5]:3000', 'http://[fd00::5]:3000'],
  ['studio.example', 'http://studio.example:3000', 'http://studio.example:3000'],
])('a web process at %s is reached at %s and shown as %s', (host, reachable, readable) => {
  expect(reachableUrl({ host, port: 3000 })).toBe(reachable);
  expect(readableUrl({ host, port: 3000 })).toBe(readable);
  expect(URL.canParse(reachable)).toBe(true);
});
