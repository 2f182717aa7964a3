import { randomBytes } from 'node:crypto';
import { link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { settings } from '#lib/config/settings';
import { rememberSuccess } from '#lib/core/remember-success';

/** The secret that sessions are sealed with: the operator's, or one made at the first start and kept in the data folder. */
export const authSecret: () => Promise<string> = rememberSuccess(async () => {
  const { authSecret: given, dataDir } = settings();
  return given ?? secretFromFile(join(dataDir, 'auth-secret'));
});

/**
 * The secret in this file, which is made where it is missing, readable by its owner alone. Several processes may ask at
 * once: each writes a file of its own, and the first to link it to the name wins whole.
 */
export async function secretFromFile(path: string): Promise<string> {
  const existing = await unless('ENOENT', readFile(path, 'utf8'));
  if (existing) return existing.trim();
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  await writeFile(draft, `${randomBytes(32).toString('base64url')}\n`, {
    flag: 'wx',
    mode: 0o600,
    flush: true,
  });
  try {
    await unless('EEXIST', link(draft, path));
  } finally {
    await rm(draft, { force: true });
  }
  return (await readFile(path, 'utf8')).trim();
}

async function unless<T>(code: string, operation: Promise<T>): Promise<T | undefined> {
  try {
    return await operation;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === code) return undefined;
    throw error;
  }
}
