import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './passwords.ts';

test('a password fits its own hash, and none fits where there is no account', async () => {
  const passwordHash = await hashPassword('correct horse');
  expect(await verifyPassword('correct horse', passwordHash)).toBe(true);
  expect(await verifyPassword('Correct horse', passwordHash)).toBe(false);
  expect(await verifyPassword('correct horse', null)).toBe(false);
});
