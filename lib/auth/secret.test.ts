import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { temporaryFolder } from '#tests/temporary-folder';
import { authSecret, secretFromFile } from './secret.ts';

test('everyone who asks for a new secret at once gets the same one, and it stays', async () => {
  const folder = temporaryFolder();
  const path = join(folder, 'data', 'auth-secret');
  const given = await Promise.all(Array.from({ length: 16 }, () => secretFromFile(path)));
  expect(new Set(given).size).toBe(1);
  expect(given[0]!.length).toBeGreaterThanOrEqual(43);
  expect(await secretFromFile(path)).toBe(given[0]);
  expect(readdirSync(join(folder, 'data'))).toEqual(['auth-secret']);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test('a secret that could not be read or made is asked for again', async () => {
  const dataDir = join(temporaryFolder(), 'data');
  vi.stubEnv('MULTIPLANE_DATA_DIR', dataDir);
  vi.stubEnv('MULTIPLANE_AUTH_SECRET', '');
  writeFileSync(dataDir, 'in the way');
  await expect(authSecret()).rejects.toThrow('ENOTDIR');
  rmSync(dataDir);
  mkdirSync(dataDir);
  expect(await authSecret()).toBe(await secretFromFile(join(dataDir, 'auth-secret')));
});
