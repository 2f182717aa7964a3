import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/* Plain JavaScript on Node alone: it runs before anything is installed. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** Install what a folder's package-lock.json names, unless that very lockfile is installed already. */
export function ensureInstalled(folder = ROOT) {
  const stamp = `${folder}/node_modules/.multiplane-installed`;
  const wanted = createHash('sha256')
    .update(readFileSync(`${folder}/package-lock.json`))
    .digest('hex');
  if (contentOf(stamp) === wanted) return;
  const { status } = spawnSync('npm', ['ci', '--include=dev', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, wanted);
}

function contentOf(path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
