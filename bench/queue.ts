/*
 * The queue beside others: `npm run bench:queue [-- --json] [--rounds N]`. Multiplane's own lib/jobs, a queue written by
 * hand on better-sqlite3, plainjob, liteque, and BullMQ where there is a Redis server, in turn on one file system, all
 * with a write-ahead log and synchronous=NORMAL (Redis in memory alone). Each figure is the median of the rounds; compare
 * the ratios, not the figures of different machines. `--json` prints everything as one line of JSON at the end.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMet } from './aim.ts';
import { aimsOf } from './queue/aims.ts';
import { BULLMQ, MULTIPLANE, PEERS } from './queue/contender.ts';
import { measureClaimTimes } from './queue/history.ts';
import { measureIdle, startIdlers } from './queue/idle.ts';
import { ensurePeers } from './queue/install-peers.ts';
import { startRedis } from './queue/redis.ts';
import { report } from './queue/report.ts';
import type { Results } from './queue/results.ts';
import { runRounds } from './queue/run-rounds.ts';
import { machine } from './table.ts';

const { values: options } = parseArgs({
  options: { json: { type: 'boolean' }, rounds: { type: 'string', default: '5' } },
});
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number, at least 1.');

ensurePeers();
const folder = await mkdtemp(join(tmpdir(), 'multiplane-bench-'));
const redis = await startRedis(folder);
try {
  print(machine());
  print(redis ? `Redis ${redis.version}, in memory alone.` : 'BullMQ: no redis-server found, skipped.');
  const results = await measure();
  print(`\n${report(results)}`);
  if (options.json)
    print(JSON.stringify({ benchmark: 'queue', machine: machine(), ...results, aims: judged(results) }));
} finally {
  redis?.stop();
  await rm(folder, { recursive: true, force: true });
}

async function measure(): Promise<Results> {
  const contenders = [MULTIPLANE, ...PEERS.filter((peer) => redis || peer !== BULLMQ)];
  const listening = contenders.filter(({ listens }) => listens);
  const idlers = await startIdlers(listening, newFolder);
  const scores = await runRounds(contenders, rounds, {
    newFolder,
    onRound: (round) => print(`Round ${round} of ${rounds}.`),
  });
  const claimUs = await measureClaimTimes(await newFolder('history'));
  return { rounds, scores, claimUs, idle: await measureIdle(idlers) };
}

function judged(results: Results) {
  return aimsOf(results).map((aim) => ({ ...aim, met: isMet(aim) }));
}

async function newFolder(name: string): Promise<string> {
  const path = join(folder, name.replaceAll(' ', '-'));
  await mkdir(path);
  return path;
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
