import { rm } from 'node:fs/promises';
import type { Command } from 'commander';
import { settings, type Settings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import { formatBytes } from '#lib/core/format-bytes';
import { writeIndex } from '#lib/models/adapters/write-index';
import { obstacleTo, ownMachine, restoring } from '#lib/models/availability';
import { findModel, listModels } from '#lib/models/catalogue';
import {
  downloadEmbeddedModels,
  downloadModels,
  type DownloadOptions,
  type DownloadOutcome,
} from '#lib/models/download';
import type { Model } from '#lib/models/model';
import {
  asPlaced,
  isDownloadable,
  isFetched,
  isPresent,
  verifyModel,
  weightPath,
  type WeightCheck,
} from '#lib/models/weights';
import { downloadDisplay } from '../progress.ts';
import { print, printTable } from '../terminal.ts';

/** `models list | download | verify | index`. */
export function modelsCommand(program: Command): void {
  const models = program.command('models').description('The catalogue, and the weights on this machine.');
  models.command('list').description('Every model, and whether its weights are here.').action(list);
  models
    .command('download [ids...]')
    .description('Fetch the weights of the named models.')
    .option('--embedded', 'what a new installation needs: all required models, optional ones where reachable')
    .option('--all', 'the same, and every other model of the catalogue but those of gigabytes')
    .action(download);
  models
    .command('verify [ids...]')
    .description('Read all weights again, compare their hashes, and remove what is damaged.')
    .action(verify);
  models
    .command('index <id>')
    .description(
      'Write the index of a model that others have exported, whose files you have laid in its folder.',
    )
    .action(async (id: string) => print(await writeIndex(settings().weightsDir, id)));
}

function list(): void {
  const machine = ownMachine();
  const rows = listModels().map((model) => {
    const placed = asPlaced(machine.weightsDir, model) ?? model;
    return [
      model.id,
      model.task,
      model.setUp,
      ...weightsOf(machine.weightsDir, placed),
      placed.memoryBytes === undefined ? '-' : formatBytes(placed.memoryBytes),
      model.licence.weights,
    ];
  });
  printTable([['MODEL', 'TASK', 'SET-UP', 'SIZE', 'WEIGHTS', 'MEMORY', 'LICENCE'], ...rows]);
  for (const model of listModels()) printObstacle(model, obstacleTo(model, machine));
}

function weightsOf(weightsDir: string, placed: Model): string[] {
  if (!hasWeights(placed)) return ['-', 'none needed'];
  if (placed.weights.length === 0) return ['-', 'not made'];
  const size = formatBytes(sum(placed.weights.map((weight) => weight.sizeBytes)));
  return [size, isPresent(weightsDir, placed) ? 'present' : 'missing'];
}

/** Below the table, since it takes sentences. */
function printObstacle({ id }: Model, obstacle: AppError | null): void {
  if (!obstacle) return;
  const { message, suggestion } = obstacle;
  print(`\n${id} cannot be run here: ${message}${suggestion ? `\n  ${suggestion}` : ''}`);
}

interface Choice {
  embedded?: boolean;
  all?: boolean;
}

async function download(ids: string[], { embedded = false, all = false }: Choice): Promise<void> {
  if (ids.length === 0 && !embedded && !all) {
    throw new AppError('validation_failed', 'Name the models to fetch, or pass --embedded or --all.', {
      suggestion: `The catalogue has: ${allIds()}.`,
    });
  }
  const named = ids.map(existing);
  if (embedded || all) await downloadEmbedded(settings());
  const models = all ? listModels().filter(({ setUp }) => setUp === 'on-demand') : named;
  for (const outcome of await downloadModels(models, shown(settings()))) print(sentence(outcome));
}

/** What a new installation needs, with its progress shown: `models download --embedded`, and quickstart. */
export async function downloadEmbedded(settings: Settings): Promise<void> {
  for (const outcome of await downloadEmbeddedModels(shown(settings))) print(sentence(outcome));
}

function shown({ weightsDir, weightsMirror: mirror }: Settings): DownloadOptions {
  const display = downloadDisplay();
  const { update: onProgress, say: onPlan } = display;
  return { weightsDir, mirror, onProgress, onPlan, onMirrorUnused: display.say };
}

async function verify(ids: string[]): Promise<void> {
  const { weightsDir } = settings();
  const models = ids.length > 0 ? ids.map(existing) : listModels().filter((m) => isPresent(weightsDir, m));
  const bad = new Set<Model>();
  for (const model of models) {
    for (const check of await verifyModel(weightsDir, model)) {
      print(`${model.id}: ${check.weight.name} ${check.state}`);
      if (check.state === 'ok') continue;
      await removeDamaged(weightsDir, check);
      bad.add(model);
    }
  }
  if (bad.size === 0) return;
  const message = 'Some weights are missing or damaged; damaged files that can be fetched were removed.';
  throw new AppError('weights_corrupt', message, { suggestion: remedyFor([...bad]) });
}

function remedyFor(models: readonly Model[]): string {
  const ids = models.filter(isDownloadable).map(({ id }) => id);
  const fetching =
    ids.length > 0 ? [`Fetch them with: npm run -s multiplane -- models download ${ids.join(' ')}`] : [];
  const others = models.filter((model) => !isDownloadable(model));
  return [...fetching, ...others.map(restoring)].join('\n');
}

/**
 * Presence is judged by size: a damaged file left in place would never be fetched again. What no download brings back is
 * left to people.
 */
async function removeDamaged(weightsDir: string, { weight, state }: WeightCheck): Promise<void> {
  if (state === 'corrupt' && isFetched(weight)) await rm(weightPath(weightsDir, weight), { force: true });
}

function sentence({ model, state, reason }: DownloadOutcome): string {
  if (!hasWeights(model)) return `${model.id}: needs no weights of its own`;
  if (state === 'skipped') return `${model.id}: skipped. ${reason ?? ''}`;
  return `${model.id}: ${state === 'fetched' ? 'fetched' : 'already here'}`;
}

/** Of a model that is made by hand, the catalogue names none. */
function hasWeights({ setUp, weights }: Model): boolean {
  return weights.length > 0 || setUp === 'by-hand';
}

function existing(id: string): Model {
  const model = findModel(id);
  if (model) return model;
  throw new AppError('not_found', `There is no model called “${id}”.`, {
    suggestion: `The catalogue has: ${allIds()}.`,
  });
}

function allIds(): string {
  return listModels()
    .map((model) => model.id)
    .join(', ');
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
