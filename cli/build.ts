import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { nextCommand } from './processes.ts';

const SOURCES = ['app', 'components', 'lib', 'public'];
const FILES = ['package-lock.json', 'next.config.ts', 'postcss.config.mjs', 'tsconfig.json'];
const STAMP = '.next/multiplane-sources';

/** Build the web process for production, unless these very sources are built already. */
export async function ensureBuilt(): Promise<void> {
  const wanted = await fingerprint();
  const built = await readFile(STAMP, 'utf8').catch(() => null);
  if (built === wanted) return;
  await rm(STAMP, { force: true });
  const build = spawn(process.execPath, [...nextCommand, 'build'], {
    stdio: 'inherit',
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
  });
  const [code] = await once(build, 'exit');
  if (code !== 0) throw new Error('The build failed; what it printed above says why.');
  await writeFile(STAMP, wanted);
}

/** sha256 over every source file's path and bytes. */
async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  const nested = await Promise.all(SOURCES.map(filesUnder));
  for (const file of [...FILES, ...nested.flat()].sort()) {
    hash.update(file).update(await readFile(file));
  }
  return hash.digest('hex');
}

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}
