import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { database } from './connection.ts';

test('a database that could not be opened is tried again', async () => {
  const folder = temporaryFolder();
  const dataDir = join(folder, 'data');
  vi.stubEnv('MULTIPLANE_DATA_DIR', dataDir);
  writeFileSync(dataDir, 'in the way');
  await expect(database()).rejects.toThrow('cannot be opened');
  rmSync(dataDir);
  mkdirSync(dataDir);
  const db = await database();
  onTestFinished(() => db.$client.close());
  expect((await db.$client.execute('SELECT 1')).rows[0]![0]).toBe(1);
  expect(await database()).toBe(db);
});
