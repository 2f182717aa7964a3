import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { ensureBrowser } from './browser.ts';
import { hasSqld } from './servers/sqld.ts';

/* `npm test`: everything that decides whether this tree is sound, the cheapest first. */

const STEPS: [title: string, command: string[]][] = [
  ['Types', ['npx', 'tsc', '--noEmit']],
  ['Lint', ['npm', 'run', '-s', 'lint']],
  ['Format', ['npx', 'prettier', '--check', '--log-level', 'warn', '.']],
  ['Weights', ['npm', 'run', '-s', 'multiplane', '--', 'models', 'download', '--all']],
  ['Tests', ['npx', 'vitest', 'run', ...process.argv.slice(2)]],
];

ensureBrowser();
if (!existsSync('../shared/fixtures')) {
  process.stdout.write('There are no ../shared/fixtures here: the tests that want them are skipped.\n');
}
if (!hasSqld) {
  process.stdout.write('There is no libSQL server for this platform: the tests that want one are skipped.\n');
}
for (const [title, [command, ...args]] of STEPS) {
  process.stdout.write(`\n— ${title}\n`);
  const { status } = spawnSync(command!, args, { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
