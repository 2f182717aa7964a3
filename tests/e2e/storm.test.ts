import { expect, test } from 'vitest';
import { newSeed } from '../storm/random.ts';
import { storm } from '../storm/storm.ts';

/* The short form; `npm run storm` is the long one. Both run again what `STORM_SEED` or `--seed` names. */

const seed = Number(process.env.STORM_SEED ?? newSeed());
const SIZE = { jobs: 30, kills: 8, workers: 2 };

test(`a storm leaves every job with one end, and nothing else (seed ${seed})`, async () => {
  process.stdout.write(`Storm, seed ${seed}\n`);
  const { problems, summary, folder } = await storm(seed, SIZE);
  for (const line of summary) process.stdout.write(`  ${line}\n`);
  expect(problems, `seed ${seed}; everything lies in ${folder}`).toEqual([]);
}, 300_000);
