import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/* Plain JavaScript on Node alone: it runs before anything is installed. */

const root = fileURLToPath(new URL('..', import.meta.url));
const STAMP = `${root}/node_modules/.multiplane-installed`;

/** Install what package-lock.json names, unless that very lockfile is installed already. */
export function ensureInstalled() {
  const wanted = createHash('sha256')
    .update(readFileSync(`${root}/package-lock.json`))
    .digest('hex');
  if (installedLock() === wanted) return;
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(STAMP, wanted);
}

function installedLock() {
  try {
    return readFileSync(STAMP, 'utf8');
  } catch {
    return null;
  }
}
