/*
 * Pipelines beside their floors: `npm run bench:pipelines [-- --json] [--rounds N] [--only NAME] [--large]`. Each is run
 * as `multiplane run` does it, at 1 megapixel, in turn with a script that does nothing but the same runs of the same
 * networks, the decoding of its pictures and the encoding of its files. Each figure is the median of the rounds, from the
 * start of a process to its end; compare the ratios, not the figures of different machines. `--large` adds time and
 * memory at 4096x4096, which takes minutes. `--json` prints everything as one line of JSON at the end.
 */
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { settings } from '#lib/config/settings';
import type { InputImage } from '#worker/pipelines/run';
import { isMet } from './aim.ts';
import { renderingRate } from './pipelines/camera.ts';
import { type Case, findCases } from './pipelines/cases.ts';
import { type Cost, measureFloor, measureRun } from './pipelines/measure.ts';
import { inputsOf, writePhotos } from './pipelines/photos.ts';
import { record } from './pipelines/record.ts';
import { aimsOf, report, type Results } from './pipelines/report.ts';
import { inTurn } from './queue/in-turn.ts';
import { medians } from './queue/medians.ts';
import { machine } from './table.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean' },
    rounds: { type: 'string', default: '3' },
    only: { type: 'string', default: '' },
    large: { type: 'boolean' },
  },
});
const rounds = Number(options.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new Error('--rounds takes a whole number, at least 1.');

const { weightsDir } = settings();
const folder = await mkdtemp(join(tmpdir(), 'multiplane-bench-'));
try {
  print(machine());
  const results = await measure();
  print(`\n${report(results)}`);
  const aims = aimsOf(results).map((aim) => ({ ...aim, met: isMet(aim) }));
  if (options.json)
    print(JSON.stringify({ benchmark: 'pipelines', machine: machine(), rounds, ...results, aims }));
} finally {
  await rm(folder, { recursive: true, force: true });
}

async function measure(): Promise<Results> {
  const found = findCases(weightsDir);
  for (const why of found.left) print(`Skipped: ${why}.`);
  const isAsked = ({ name }: Case) => name.includes(options.only);
  const photos = await writePhotos(folder, 1155, 866);
  const results: Results = { scores: [], renderingRate: null, large: [] };
  for (const each of [...found.stills, ...found.videos].filter(isAsked)) {
    const place = join(folder, each.name.replaceAll(/\W+/g, '-'));
    await mkdir(place);
    const inputs = inputsOf(photos, each.pictures);
    const fileOf = await record(each, inputs, place, weightsDir);
    if (each.model === 'camera-move') results.renderingRate = await renderingRate(fileOf);
    results.scores.push({ name: each.name, ...(await compare(each, inputs, place)) });
    await rm(place, { recursive: true });
    print(`${each.name}: done.`);
  }
  if (options.large) results.large = await inTurn(found.stills.filter(isAsked), measureLarge);
  return results;
}

/** A case and its floor in turn, each going first in every other round. */
async function compare(each: Case, inputs: Record<string, InputImage>, place: string) {
  const costs: { run: Cost[]; floor: Cost[] } = { run: [], floor: [] };
  const acts = [
    async () => costs.run.push(await measureRun(each, inputs, place)),
    async () => costs.floor.push(await measureFloor(place)),
  ];
  for (let round = 0; round < rounds; round++) {
    await inTurn(round % 2 === 0 ? acts : acts.toReversed(), (act) => act());
  }
  return { run: medians(costs.run), floor: medians(costs.floor) };
}

async function measureLarge(each: Case) {
  const place = join(folder, 'large');
  await mkdir(place, { recursive: true });
  const inputs = inputsOf(await writePhotos(place, 4096, 4096), each.pictures);
  return { name: each.name, run: await measureRun(each, inputs, place) };
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
