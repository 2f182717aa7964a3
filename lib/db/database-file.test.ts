import { chmodSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { openDatabase } from './client.ts';

function urlOf(...path: string[]): string {
  return pathToFileURL(join(...path)).href;
}

function modeOf(...path: string[]): number {
  return statSync(join(...path)).mode & 0o777;
}

test('a new data folder and its database are for nobody else', async () => {
  const folder = join(temporaryFolder(), 'data');
  const db = await openDatabase(urlOf(folder, 'a.db'));
  onTestFinished(() => db.$client.close());
  await db.$client.execute('CREATE TABLE first (id)');
  expect(modeOf(folder)).toBe(0o700);
  for (const name of ['a.db', 'a.db-wal']) expect(modeOf(folder, name), name).toBe(0o600);
});

test('a data folder that is there keeps its mode', async () => {
  const folder = temporaryFolder();
  chmodSync(folder, 0o755);
  const db = await openDatabase(urlOf(folder, 'a.db'));
  onTestFinished(() => db.$client.close());
  expect(modeOf(folder)).toBe(0o755);
});

test.each([
  ['a data folder that is a file', ['file', 'a.db'], 'its folder is a file'],
  ['a database that is a folder', ['folder'], 'it is a folder'],
])('%s is said in a sentence, with the setting', async (_, path, why) => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  mkdirSync(join(folder, 'folder'));
  const opening = openDatabase(urlOf(folder, ...path));
  await expect(opening).rejects.toThrow(
    `The database ${join(folder, ...path)} cannot be opened: ${why}.\nSet MULTIPLANE_DATA_DIR to`,
  );
});
