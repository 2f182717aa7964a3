/*
 * The API under load: `npm run bench:api [-- --json] [--rounds N] [--finished N]`. The production build, as `npm start`
 * runs it, with a million finished jobs of the owner who polls, a worker that writes its progress five times a second and
 * 200 clients that hear it; beside them, in the same run, a route handler of the same server that does nothing. Each figure is
 * the median of the rounds; compare the ratios. `--json` prints everything as one line of JSON at the end.
 */
import { parseArgs } from 'node:util';
import { ensureBuilt } from '#cli/build';
import { checkpoint } from '#lib/db/client';
import { isMet } from './aim.ts';
import { measureCases, measurePoll } from './api/measure.ts';
import { aimsOf, report, type Results } from './api/report.ts';
import { type ServedStudio, startServedStudio } from './api/served-studio.ts';
import { writeJobs } from './queue/history.ts';
import { machine } from './table.ts';

const LISTENERS = 200;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    rounds: { type: 'string', default: '3' },
    finished: { type: 'string', default: '1000000' },
  },
});

await ensureBuilt();
print(machine());
const served = await startServedStudio();
try {
  const results = await measure(served);
  print(`\n${report(results)}`);
  if (options.json) {
    const aims = aimsOf(results).map((aim) => ({ ...aim, met: isMet(aim) }));
    print(JSON.stringify({ benchmark: 'api', machine: machine(), ...results, aims }));
  }
} finally {
  await served.dispose();
}

async function measure(served: ServedStudio): Promise<Results> {
  const { studio, owners, listeners } = served;
  const pollBefore = await measurePoll(served);
  const finishedJobs = Number(options.finished);
  await writeJobs(studio.db, owners[0]!.actor.userId, { completed: finishedJobs, pending: 0, scheduled: 0 });
  await checkpoint(studio.db);
  print(`${finishedJobs.toLocaleString('en')} finished jobs.`);
  const received = listeners.received;
  const rounds = Number(options.rounds);
  const cases = await measureCases(served, rounds);
  if (listeners.lost > 0 || listeners.received === received) {
    throw new Error(
      `${listeners.lost} listeners were cut off; all of them heard ${listeners.received} bytes.`,
    );
  }
  return { rounds, finishedJobs, listeners: LISTENERS, cases, pollBefore };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
