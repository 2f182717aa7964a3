import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { settings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import { keepToModels, requireModels } from '#lib/pipelines/models';
import { compareFacts, compareOutputs } from '#lib/pipelines/receipt/compare';
import { readReceipt, type Receipt } from '#lib/pipelines/receipt/receipt';
import { requestOf } from '#lib/pipelines/receipt/request';
import { requireWeights } from '#lib/pipelines/receipt/weights';
import { withRecordedInputs } from '../recorded-inputs.ts';
import { shownRun } from '../shown-run.ts';
import { printTable, say } from '../terminal.ts';

interface Options {
  inputs?: string[];
  out?: string;
}

/** `verify <receipt.json>`: a job done again by its receipt, and each of its files compared. Fails where one differs. */
export function verifyCommand(program: Command): void {
  program
    .command('verify')
    .description('Do a job again by its receipt, and compare what comes of it.')
    .argument('<receipt>', 'the receipt.json among the files of the job')
    .option('--inputs <photo...>', 'the photos it was made of; otherwise those that this installation keeps')
    .option('--out <dir>', 'keep what is made, in this folder')
    .action(verify);
}

async function verify(path: string, { inputs: photos = [], out }: Options): Promise<void> {
  const recorded = readReceipt(await readText(path));
  const folder = out ? resolve(out) : await mkdtemp(join(tmpdir(), 'multiplane-verify-'));
  try {
    report(recorded, await repeat(recorded, photos, folder));
  } finally {
    if (!out) await rm(folder, { recursive: true, force: true });
  }
}

async function readText(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('not_found', `There is no file at ${path}.`, { cause });
  });
}

/** The receipt of another run, with the same models and on the same kind of device where there is one. */
async function repeat(recorded: Receipt, photos: string[], outDir: string): Promise<Receipt> {
  const { weightsDir } = settings();
  const { pipeline, params, provider } = requestOf(recorded);
  await requireWeights(recorded, weightsDir);
  const begun = recorded.models.map(({ id }) => id);
  const models = keepToModels(begun, requireModels(pipeline, recorded.model, weightsDir));
  return withRecordedInputs(recorded.inputs, photos, async (inputs) => {
    const run = { pipeline, params, model: recorded.model, models, inputs, warnings: [], outDir };
    return (await shownRun(run, { ...settings(), provider })).receipt;
  });
}

/** Throws AppError `conflict` where an output is not what it was. */
function report(recorded: Receipt, made: Receipt): void {
  const outputs = compareOutputs(recorded, made);
  printTable([['OUTPUT', 'RESULT'], ...outputs.map(({ name, state }) => [name, state])]);
  const differences = compareFacts(recorded, made);
  for (const difference of differences) say(difference);
  const unlike = outputs.filter(({ state }) => state !== 'same').length;
  if (unlike === 0) return;
  throw new AppError('conflict', `${unlike} of ${outputs.length} files are not what the receipt says.`, {
    suggestion:
      differences.length > 0
        ? 'What was otherwise then, named above, may be why.'
        : 'Models, versions and device are the ones of the receipt; another processor may compute otherwise.',
  });
}
