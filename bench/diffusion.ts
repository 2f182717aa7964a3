/*
 * What a text-to-video job does beside running its networks: `npm run bench:diffusion [-- --json] [--rounds N] [--model ID]
 * [--params JSON]`. The job is run stage by stage as a worker runs it: once on a worker that has just started, and then, its
 * networks loaded, for each round, of which the middle one is shown. Outside of runs are the loading of graphs, tokenising,
 * sampling, guidance, previews, frames and their encoding, as far as it does not go on beside a run. `--json` prints everything as one line of JSON at the end.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { settings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import { createSessionCache } from '#worker/engines/onnx/sessions';
import { isMet } from './aim.ts';
import { type Job, measureJob, type StageCost } from './diffusion/measure.ts';
import { aimsOf, outsideShare, report, type Results } from './diffusion/report.ts';
import { machine } from './table.ts';

const PROMPT = 'a small red circle moves left over night';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    rounds: { type: 'string', default: '3' },
    model: { type: 'string', default: 'wan-mini' },
    params: { type: 'string', default: '{}' },
  },
});
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number, at least 1.');
const job: Job = {
  model: options.model,
  params: { prompt: PROMPT, ...(JSON.parse(options.params) as Record<string, unknown>) },
};

const folder = await mkdtemp(join(tmpdir(), 'multiplane-bench-'));
try {
  print(machine());
  const results = await measure();
  print(`\n${report(results)}`);
  const aims = aimsOf(results).map((aim) => ({ ...aim, met: isMet(aim) }));
  if (options.json)
    print(JSON.stringify({ benchmark: 'diffusion', machine: machine(), rounds, ...job, ...results, aims }));
} catch (error) {
  if (!(error instanceof AppError)) throw error;
  print(`Skipped: ${error.message}`);
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(): Promise<Results> {
  const { weightsDir } = settings();
  const cache = createSessionCache({ provider: 'cpu', weightsDir, threads: availableParallelism() });
  const first = await measureJob(job, folder, cache);
  const measured: StageCost[][] = [];
  for (let round = 0; round < rounds; round++) measured.push(await measureJob(job, folder, cache));
  await cache.release();
  const ordered = measured.sort((a, b) => outsideShare(a) - outsideShare(b));
  return {
    model: job.model,
    first,
    stages: ordered[Math.floor(rounds / 2)]!,
    shares: ordered.map(outsideShare),
  };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
