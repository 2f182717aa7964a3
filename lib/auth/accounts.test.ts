import { expect, test } from 'vitest';
import { testDatabase } from '#tests/database';
import { NOW } from '#tests/factories';
import {
  authenticate,
  changePassword,
  createFirstAdministrator,
  createUser,
  findSessionUser,
  hasAdministrator,
  register,
} from './accounts.ts';
import { actorOf } from './actor.ts';

const ANNA = { email: ' Anna@Example.com', password: 'correct horse', name: '' };
const OPEN = { registrationOpen: true };

test('a registered person signs in however the address is typed, and with the right password only', async () => {
  const db = await testDatabase();
  const anna = await register(db, ANNA, OPEN, NOW);
  expect(anna).toMatchObject({ email: 'anna@example.com', name: 'anna', role: 'user' });
  expect(anna).not.toHaveProperty('passwordHash');
  expect(await authenticate(db, 'ANNA@example.com ', 'correct horse')).toEqual(anna);
  expect(await authenticate(db, 'anna@example.com', 'Correct horse')).toBeNull();
  expect(await authenticate(db, 'nobody@example.com', 'nobody’s password')).toBeNull();
});

test('an address has one account', async () => {
  const db = await testDatabase();
  await register(db, ANNA, OPEN, NOW);
  const again = register(db, { ...ANNA, email: 'ANNA@EXAMPLE.COM' }, OPEN, NOW);
  await expect(again).rejects.toMatchObject({ fields: [{ pointer: '/email', code: 'taken' }] });
});

test.each([
  [{ email: 'not an address' }, '/email'],
  [{ password: 'too short' }, '/password'],
  [{ password: 'x'.repeat(201) }, '/password'],
  [{ name: 'x'.repeat(81) }, '/name'],
])('an account with %j is refused', async (change, pointer) => {
  const db = await testDatabase();
  const refused = register(db, { ...ANNA, ...change }, OPEN, NOW);
  await expect(refused).rejects.toMatchObject({ code: 'validation_failed', fields: [{ pointer }] });
});

test('nobody registers where the operator has closed it', async () => {
  const db = await testDatabase();
  const refused = register(db, ANNA, { registrationOpen: false }, NOW);
  await expect(refused).rejects.toMatchObject({ code: 'forbidden' });
});

test('of many who ask at once, one becomes the first administrator', async () => {
  const db = await testDatabase();
  expect(await hasAdministrator(db)).toBe(false);
  const asking = Array.from({ length: 8 }, (_, i) =>
    createFirstAdministrator(db, { ...ANNA, email: `a${i}@example.com` }, NOW),
  );
  const made = (await Promise.all(asking)).filter((user) => user !== null);
  expect(made).toHaveLength(1);
  expect(made[0]!.role).toBe('admin');
  expect(await hasAdministrator(db)).toBe(true);
  expect(await createFirstAdministrator(db, ANNA, NOW)).toBeNull();
});

test('the first administrator needs an address of their own', async () => {
  const db = await testDatabase();
  await register(db, ANNA, OPEN, NOW);
  await expect(createFirstAdministrator(db, ANNA, NOW)).rejects.toMatchObject({
    fields: [{ pointer: '/email', code: 'taken' }],
  });
});

test('changing the password takes the current one, and ends the sessions made before', async () => {
  const db = await testDatabase();
  const anna = await createUser(db, ANNA, 'user', NOW);
  const actor = actorOf(anna);
  const wrong = changePassword(db, actor, { current: 'wrong', next: 'battery staple' });
  await expect(wrong).rejects.toMatchObject({ fields: [{ pointer: '/current_password' }] });
  const short = changePassword(db, actor, { current: ANNA.password, next: 'short' });
  await expect(short).rejects.toMatchObject({ fields: [{ pointer: '/new_password' }] });
  expect(await findSessionUser(db, anna.id, anna.sessionVersion)).toEqual(anna);
  await changePassword(db, actor, { current: ANNA.password, next: 'battery staple' });
  expect(await findSessionUser(db, anna.id, anna.sessionVersion)).toBeNull();
  expect(await authenticate(db, anna.email, ANNA.password)).toBeNull();
  expect(await authenticate(db, anna.email, 'battery staple')).toMatchObject({
    id: anna.id,
    sessionVersion: 2,
  });
});
