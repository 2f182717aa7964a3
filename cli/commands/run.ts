import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { settings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import { sha256OfFile } from '#lib/core/file-hash';
import { createLogger } from '#lib/core/logger';
import { probeImage } from '#lib/media/image/probe';
import { AUTO } from '#lib/models/selection';
import { requireModels } from '#lib/pipelines/models';
import type { PipelineDeclaration } from '#lib/pipelines/pipeline';
import { listPipelines } from '#lib/pipelines/registry';
import type { InputImage } from '#worker/pipelines/run';
import { progressLine } from '../progress-line.ts';
import { print } from '../terminal.ts';

/** `run <pipeline> [PHOTO] --out DIR`: a job without a server, with an option for each parameter of the pipeline. */
export function runCommand(program: Command): void {
  const run = program.command('run').description('Run a pipeline on one photo, without a server.');
  for (const pipeline of listPipelines()) addPipeline(run, pipeline);
}

function addPipeline(run: Command, pipeline: PipelineDeclaration): void {
  const command = run
    .command(pipeline.id)
    .description(pipeline.description)
    .argument(needsPhoto(pipeline) ? '<photo>' : '[photo]', 'the photo to work on')
    .requiredOption('--out <dir>', 'folder to write the results into');
  if (pipeline.modelTask) {
    command.option(
      '--model <id>',
      `which ${pipeline.modelTask} model; auto takes the best one present`,
      AUTO,
    );
  }
  for (const name of Object.keys(pipeline.params.shape)) command.addOption(paramOption(pipeline, name));
  command.action((photo: string | undefined, options: Record<string, string>) =>
    runPhoto(pipeline, photo, options),
  );
}

function needsPhoto({ images }: PipelineDeclaration): boolean {
  return images[0]?.required ?? false;
}

function paramOption(pipeline: PipelineDeclaration, name: string): Option {
  const { description, default: fallback } = pipeline.params.shape[name]!.meta() ?? {};
  const flag = `--${name.replaceAll('_', '-')} <value>`;
  return new Option(flag, String(description ?? '')).default(
    undefined,
    fallback === undefined ? '' : String(fallback),
  );
}

async function runPhoto(
  pipeline: PipelineDeclaration,
  photo: string | undefined,
  { out, model = AUTO, ...options }: Record<string, string>,
): Promise<void> {
  const { runOnce } = await import('#worker/run-once');
  const params = checkedParams(pipeline, options);
  const inputs: Record<string, InputImage> = photo === undefined ? {} : { image: await inputImage(photo) };
  requireModels(pipeline, model, settings().weightsDir);
  const stop = new AbortController();
  process.once('SIGINT', () => stop.abort('interrupted'));
  const line = progressLine();
  const outDir = resolve(out!);
  const { outputs } = await runOnce(
    {
      pipeline,
      params,
      outDir,
      model,
      inputs,
      signal: stop.signal,
      onProgress: (progress) => line.update(progress.value, progress.message),
      onNote: (note) => line.say(note),
    },
    settings(),
    createLogger('run', 'silent'),
  ).finally(() => line.end());
  for (const { name } of outputs) print(join(out!, name));
}

/** Options as the pipeline's parameters. Throws AppError `validation_failed`. */
function checkedParams(
  pipeline: PipelineDeclaration,
  options: Record<string, string>,
): Record<string, unknown> {
  const given = Object.entries(options).map(([name, value]) => [
    name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
    value,
  ]);
  const checked = pipeline.params.safeParse(Object.fromEntries(given));
  if (checked.success) return checked.data;
  throw new AppError('validation_failed', z.prettifyError(checked.error));
}

async function inputImage(photo: string): Promise<InputImage> {
  const path = resolve(photo);
  const found = await stat(path).catch((cause: unknown) => {
    throw new AppError('not_found', `There is no file at ${photo}.`, { cause });
  });
  if (!found.isFile()) {
    throw new AppError('validation_failed', `${photo} is not a file.`, { suggestion: 'Name one photo.' });
  }
  const { width, height } = await probeImage(path, null);
  return { path, width, height, sha256: await sha256OfFile(path) };
}
