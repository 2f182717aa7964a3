import { parseArgs } from 'node:util';
import { ensureBuilt } from '#cli/build';
import { newSeed } from './random.ts';
import { storm } from './storm.ts';

/* `npm run storm -- [--seed N] [--jobs N] [--kills N] [--workers N]`: the long storm. Leaves with 1 where anything is wrong. */

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(newSeed()) },
    jobs: { type: 'string', default: '200' },
    kills: { type: 'string', default: '40' },
    workers: { type: 'string', default: '3' },
  },
});
const seed = Number(values.seed);
const print = (line: string) => process.stdout.write(`${line}\n`);

print(`Storm, seed ${seed}`);
await ensureBuilt();
const { problems, summary, folder } = await storm(seed, {
  jobs: Number(values.jobs),
  kills: Number(values.kills),
  workers: Number(values.workers),
});
for (const line of summary) print(`  ${line}`);
if (problems.length > 0) {
  print(`Seed ${seed}: ${problems.length} things are wrong. Everything lies in ${folder}.`);
  for (const problem of problems) print(`  ${problem}`);
  process.exitCode = 1;
}
