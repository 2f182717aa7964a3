import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createClient } from '@libsql/client';
import { expect, test } from 'vitest';
import { testDatabaseFile } from '#tests/database';
import { temporaryFolder } from '#tests/temporary-folder';
import { checkpoint, type Database, openDatabase } from './client.ts';

async function pragma(db: Database, name: string): Promise<unknown> {
  const { rows } = await db.$client.execute(`PRAGMA ${name}`);
  return rows[0]![0];
}

const insertWorker = (id: string) => `
  INSERT INTO workers (id, host, pid, version, devices, capacity, started_at, heartbeat_at)
  VALUES ('${id}', 'host', 1, '0', '[]', 1, 0, 0)`;

/** Let the event loop go round this often. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

async function expectPolicy(db: Database): Promise<void> {
  expect(await pragma(db, 'journal_mode')).toBe('wal');
  expect(await pragma(db, 'wal_autocheckpoint')).toBe(0);
  expect(await pragma(db, 'synchronous')).toBe(1);
  expect(await pragma(db, 'foreign_keys')).toBe(1);
  // A longer one would hold up the whole process for as long.
  expect(await pragma(db, 'busy_timeout')).toBeLessThanOrEqual(10);
}

test('every connection obeys the policy, also after statements that failed and a migration', async () => {
  const { db, url } = await testDatabaseFile();
  await expectPolicy(db);
  await Promise.allSettled([
    db.$client.execute('SELECT nonsense'),
    db.$client.batch([insertWorker('a'), 'SELECT nonsense']),
    db.$client.migrate(['CREATE TABLE passing (id)', 'DROP TABLE passing']),
  ]);
  await expectPolicy(db);
  const second = await openDatabase(url);
  await expectPolicy(second);
  second.$client.close();
});

test('a connection that the client replaced after a failure obeys it too', async () => {
  const { db } = await testDatabaseFile();
  await db.$client.reconnect();
  const overflow = db.$client.execute('SELECT abs(-9223372036854775808)');
  await expect(overflow).rejects.toThrow('overflow');
  await expectPolicy(db);
});

test('opening waits for the lock of another connection, and then obeys it', async () => {
  const url = pathToFileURL(join(temporaryFolder(), 'new.db')).href;
  const other = createClient({ url, timeout: 0 });
  const transaction = await other.transaction('write');
  await transaction.execute('CREATE TABLE first (id)');
  const opening = openDatabase(url);
  await turns(20);
  await transaction.commit();
  other.close();
  const db = await opening;
  await expectPolicy(db);
  db.$client.close();
});

test('a failed batch leaves nothing behind', async () => {
  const { db } = await testDatabaseFile();
  await expect(db.$client.batch([insertWorker('a'), 'SELECT nonsense'])).rejects.toThrow('nonsense');
  expect(await pragma(db, 'user_version')).toBe(0);
  expect((await db.$client.execute('SELECT count(*) FROM workers')).rows[0]![0]).toBe(0);
});

test("a write waits for another connection's lock without holding up the process", async () => {
  const { db, url } = await testDatabaseFile();
  const other = createClient({ url, timeout: 0 });
  const transaction = await other.transaction('write');
  await transaction.execute(insertWorker('first'));
  const order: string[] = [];
  const waiting = db.$client.execute(insertWorker('second')).then(() => order.push('second'));
  // Turns of the event loop while the lock is held: they come only if nobody blocks it.
  await turns(20);
  order.push('commit');
  await transaction.commit();
  await waiting;
  expect(order).toEqual(['commit', 'second']);
  other.close();
});

test('interactive transactions are refused', async () => {
  const { db } = await testDatabaseFile();
  await expect(db.transaction(async () => undefined)).rejects.toThrow('batch');
});

test('a checkpoint empties the write-ahead log and keeps what was written', async () => {
  const { db, url } = await testDatabaseFile();
  const logSize = () => statSync(`${fileURLToPath(url)}-wal`).size;
  await db.$client.execute(insertWorker('kept'));
  expect(logSize()).toBeGreaterThan(0);
  await checkpoint(db);
  expect(logSize()).toBe(0);
  expect(await pragma(db, 'integrity_check')).toBe('ok');
  expect((await db.$client.execute('SELECT id FROM workers')).rows[0]![0]).toBe('kept');
});

test.runIf(process.platform === 'linux')(
  'opening it again in one process keeps the locks of the first',
  async () => {
    const { db, url } = await testDatabaseFile();
    await db.$client.execute(insertWorker('a'));
    const { ino } = statSync(fileURLToPath(url));
    const locks = () =>
      readFileSync('/proc/locks', 'utf8')
        .split('\n')
        .filter((line) => line.includes(`:${ino} `));
    const before = locks().length;
    expect(before).toBeGreaterThan(0);
    const second = await openDatabase(url);
    expect(locks().length).toBeGreaterThanOrEqual(before);
    second.$client.close();
  },
);
