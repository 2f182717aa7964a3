import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { webLog } from '#lib/config/web-log';
import { openDatabase } from '#lib/db/client';
import { testDatabase } from '#tests/database';
import { NOW } from '#tests/factories';
import { stubSqld } from '#tests/servers/stub-sqld';
import { temporaryFolder } from '#tests/temporary-folder';
import { readiness } from './readiness.ts';

const UNREADABLE = { ok: false, detail: 'The database cannot be read.' };

test('a database that was never migrated is said to be so, and is no error', async () => {
  const log = vi.spyOn(webLog(), 'error').mockReturnValue();
  const db = await openDatabase(pathToFileURL(join(temporaryFolder(), 'empty.db')).href);
  onTestFinished(() => db.$client.close());
  const { ready, parts } = await readiness(db, NOW);
  expect(ready).toBe(false);
  expect(parts.database).toEqual({ ok: false, detail: 'The database was never migrated.' });
  expect(log).not.toHaveBeenCalled();
});

test('a database server that is not there is said to be so', async () => {
  const log = vi.spyOn(webLog(), 'error').mockReturnValue();
  const db = await openDatabase(await stubSqld((response) => response.destroy()));
  onTestFinished(() => db.$client.close());
  const { ready, parts } = await readiness(db, NOW);
  expect(ready).toBe(false);
  expect(parts.database).toEqual({ ok: false, detail: 'The database cannot be reached.' });
  expect(log).toHaveBeenCalledTimes(1);
});

test('a database that cannot be read is logged, and not ready', async () => {
  const log = vi.spyOn(webLog(), 'error').mockReturnValue();
  const db = await testDatabase();
  await db.$client.execute('ALTER TABLE workers RENAME TO elsewhere');
  expect((await readiness(db, NOW)).parts).toMatchObject({ database: { ok: true }, worker: UNREADABLE });
  db.$client.close();
  const { ready, parts } = await readiness(db, NOW);
  expect(ready).toBe(false);
  expect(parts.database).toEqual(UNREADABLE);
  expect(log).toHaveBeenCalledTimes(2);
});
