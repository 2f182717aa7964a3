import { expect, test, vi } from 'vitest';
import { pruneLog, record } from '#lib/audit/log';
import { readSettings } from '#lib/config/settings';
import { webLog } from '#lib/config/web-log';
import { createLogger } from '#lib/core/logger';
import { newId } from '#lib/core/ids';
import { testDatabase } from '#tests/database';
import { makeUser, NOW } from '#tests/factories';
import { pruneAudit } from '#worker/maintenance/prune-audit';
import { listAudit, recordCall, recordSignIn } from './audit.ts';
import { inPerson } from './caller.ts';
import { CLIENT_ADDRESS_HEADER } from './client-address.ts';

const ALL = { limit: 100 };
const DAY_MS = 24 * 60 * 60_000;

test('who did what, from where and by which key, newest first', async () => {
  const db = await testDatabase();
  const [anna, admin] = [await makeUser(db), await makeUser(db, 'admin')];
  const headers = new Headers({ [CLIENT_ADDRESS_HEADER]: '203.0.113.7' });
  const request = new Request('http://studio.test/', { headers });
  const call = { db, request, requestId: 'r1', now: NOW };
  const via = { keyId: newId(), scopes: [], limits: { hourly: null, daily: null } };
  await recordCall({ ...call, caller: { actor: anna, via } }, { action: 'job.deleted', subject: 'j' });
  await recordCall(
    { ...call, caller: inPerson(admin), now: NOW + 1 },
    { action: 'queue.stopped_for_everyone' },
  );
  const common = { address: '203.0.113.7', requestId: 'r1' };
  const deleted = {
    action: 'job.deleted',
    actorId: anna.userId,
    subject: 'j',
    details: { by_key: via.keyId },
  };
  const stopped = { action: 'queue.stopped_for_everyone', actorId: admin.userId, subject: null, details: {} };
  const { records } = await listAudit(db, admin, ALL);
  expect(records).toMatchObject([
    { ...common, ...stopped, at: NOW + 1 },
    { ...common, ...deleted, at: NOW },
  ]);
  expect((await listAudit(db, admin, { ...ALL, actorId: anna.userId })).records).toEqual([records[1]]);
  expect((await listAudit(db, admin, { ...ALL, action: 'sign_out' })).records).toEqual([]);
  const first = await listAudit(db, admin, { limit: 1 });
  const second = await listAudit(db, admin, { limit: 1, cursor: first.nextCursor! });
  expect([first.records[0], second.records[0], second.nextCursor]).toEqual([...records, null]);
});

test('nobody but an administrator reads it', async () => {
  const db = await testDatabase();
  const anna = await makeUser(db);
  await expect(listAudit(db, anna, ALL)).rejects.toMatchObject({ code: 'forbidden' });
});

test('a refused sign-in is put down with the address that was tried, and with nothing else that was typed', async () => {
  const db = await testDatabase();
  const admin = await makeUser(db, 'admin');
  for (const email of [' Anna@Example.com', 'hunter2-my-password', undefined]) {
    await recordSignIn(db, new Headers(), { user: null, email }, NOW);
  }
  const { records } = await listAudit(db, admin, ALL);
  expect(records.map(({ action }) => action)).toEqual(Array(3).fill('sign_in.refused'));
  expect(records.map(({ subject }) => subject)).toEqual([null, null, 'anna@example.com']);
});

test('what cannot be put down is logged, and stops nobody', async () => {
  const db = await testDatabase();
  const error = vi.spyOn(webLog(), 'error').mockReturnValue();
  await db.$client.execute('PRAGMA query_only=ON');
  const entry = { action: 'sign_out', actorId: null, address: null, requestId: null } as const;
  await record(db, entry, NOW);
  expect(error).toHaveBeenCalledOnce();
});

test('a worker forgets what is older than the settings keep', async () => {
  const db = await testDatabase();
  const entry = { action: 'sign_out', actorId: null, address: null, requestId: null } as const;
  for (const days of [364, 366]) await record(db, entry, NOW - days * DAY_MS);
  const pruneWith = (env: Record<string, string>) =>
    pruneAudit({
      db,
      settings: readSettings(env),
      clock: () => NOW,
      log: createLogger('test', 'silent'),
    });
  await pruneWith({ MULTIPLANE_KEEP_AUDIT_DAYS: '0' });
  const admin = await makeUser(db, 'admin');
  expect((await listAudit(db, admin, ALL)).records).toHaveLength(2);
  await pruneWith({});
  expect((await listAudit(db, admin, ALL)).records.map(({ at }) => at)).toEqual([NOW - 364 * DAY_MS]);
  expect(await pruneLog(db, NOW)).toBe(1);
});
