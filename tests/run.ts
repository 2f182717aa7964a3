import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { ensureBrowser } from './browser.ts';
import { hasSqld } from './servers/sqld.ts';

/* `npm test`: everything that decides whether this tree is sound, the cheapest first. */

type Step = [title: string, command: string, ...args: string[]];

/** Most take one core: they run beside one another. */
const CHECKS: Step[] = [
  ['Types', 'npx', 'tsc', '--noEmit'],
  ['Lint', 'npm', 'run', '-s', 'lint'],
  ['Format', 'npx', 'prettier', '--check', '--log-level', 'warn', '.'],
  ['Weights', 'npm', 'run', '-s', 'multiplane', '--', 'models', 'download', '--all'],
];
const TESTS = ['vitest', 'run', ...process.argv.slice(2)];

ensureBrowser();
if (!existsSync('../shared/fixtures')) {
  process.stdout.write('There are no ../shared/fixtures here: the tests that want them are skipped.\n');
}
if (!hasSqld) {
  process.stdout.write('There is no libSQL server for this platform: the tests that want one are skipped.\n');
}
const passed = await Promise.all(CHECKS.map(check));
if (passed.includes(false)) process.exit(1);
process.stdout.write('\n— Tests\n');
process.exitCode = spawnSync('npx', TESTS, { stdio: 'inherit' }).status ?? 1;

/** Whether it went well. What it says is shown once it has ended, in one piece. */
async function check([title, command, ...args]: Step): Promise<boolean> {
  const step = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  const [said, complained] = await Promise.all([text(step.stdout), text(step.stderr), once(step, 'close')]);
  process.stdout.write(`\n— ${title}\n${said}${complained}`);
  return step.exitCode === 0;
}
