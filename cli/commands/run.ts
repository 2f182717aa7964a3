import { join, resolve } from 'node:path';
import { type Command, Option } from 'commander';
import { z } from 'zod';
import { settings } from '#lib/config/settings';
import { AppError } from '#lib/core/errors';
import { AUTO } from '#lib/models/selection';
import { requireModels, settledModel } from '#lib/pipelines/models';
import type { PipelineDeclaration } from '#lib/pipelines/pipeline';
import { listPipelines } from '#lib/pipelines/registry';
import { refuse } from '#lib/pipelines/submission/field-errors';
import { reviewRequest } from '#lib/pipelines/submission/review';
import type { InputImage } from '#worker/pipelines/run';
import { inputImage } from '../input-image.ts';
import { shownRun } from '../shown-run.ts';
import { print } from '../terminal.ts';

/** `run <pipeline> [PHOTO] --out DIR`: a job without a server, with an option for each parameter of the pipeline. */
export function runCommand(program: Command): void {
  const run = program
    .command('run')
    .description('Run a pipeline on one photo or a prompt, without a server.');
  for (const pipeline of listPipelines()) addPipeline(run, pipeline);
}

function addPipeline(run: Command, pipeline: PipelineDeclaration): void {
  const command = run
    .command(pipeline.id)
    .description(pipeline.description)
    .requiredOption('--out <dir>', 'folder to write the results into');
  const [photo] = pipeline.images;
  if (photo) command.argument(photo.required ? '<photo>' : '[photo]', 'the photo to work on');
  if (takesEndImage(pipeline)) command.option('--end-image <photo>', 'the picture to end at');
  if (pipeline.modelTask) {
    command.option(
      '--model <id>',
      `which ${pipeline.modelTask} model; auto takes the best one present`,
      AUTO,
    );
  }
  for (const name of Object.keys(pipeline.params.shape)) command.addOption(paramOption(pipeline, name));
  command.action(() => runPipeline(pipeline, command.args[0], command.opts()));
}

function takesEndImage({ images }: PipelineDeclaration): boolean {
  return images.some(({ name }) => name === 'end_image');
}

function paramOption(pipeline: PipelineDeclaration, name: string): Option {
  const { description, default: fallback } = pipeline.params.shape[name]!.meta() ?? {};
  const flag = `--${name.replaceAll('_', '-')} <value>`;
  return new Option(flag, String(description ?? '')).default(
    undefined,
    fallback === undefined ? '' : String(fallback),
  );
}

async function runPipeline(
  pipeline: PipelineDeclaration,
  photo: string | undefined,
  { out, model: requested = AUTO, endImage, ...options }: Record<string, string>,
): Promise<void> {
  const asked = checkedParams(pipeline, options);
  const inputs = await inputImages({ image: photo, end_image: endImage });
  const model = settledModel(pipeline, requested, {
    endImage: endImage !== undefined,
    prompt: asked['prompt'] !== undefined,
  });
  const { errors, warnings, params } = reviewRequest(pipeline, { model, params: asked, images: inputs });
  if (errors.length > 0) throw refuse(errors);
  const models = requireModels(pipeline, model, settings().weightsDir);
  const outDir = resolve(out!);
  const { outputs } = await shownRun(
    { pipeline, params, outDir, model, models, inputs, warnings },
    settings(),
  );
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

/** The pictures that were named, by their roles. */
async function inputImages(photos: Record<string, string | undefined>): Promise<Record<string, InputImage>> {
  const inputs: Record<string, InputImage> = {};
  for (const [role, photo] of Object.entries(photos)) {
    if (photo !== undefined) inputs[role] = await inputImage(photo);
  }
  return inputs;
}
