import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureInstalled } from '#cli/install.mjs';

const PEERS = fileURLToPath(new URL('../peers', import.meta.url));

/** Two versions of one native package, since liteque breaks on any newer than the first. */
const NATIVE = ['better-sqlite3', 'better-sqlite3-12'];

/** Install the peers, unless they are. Theirs is the one install script that runs: it fetches or compiles SQLite. */
export function ensurePeers(): void {
  ensureInstalled(PEERS);
  const binary = (name: string) => join(PEERS, 'node_modules', name, 'build/Release/better_sqlite3.node');
  if (NATIVE.every((name) => existsSync(binary(name)))) return;
  const { status } = spawnSync('npm', ['rebuild', ...NATIVE, '--ignore-scripts=false'], {
    cwd: PEERS,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) throw new Error('better-sqlite3 could be neither fetched nor compiled.');
}
