import { createHash } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { AUTO } from '#lib/models/selection';
import { requireModels, settledModel } from '#lib/pipelines/models';
import { stagesOf } from '#lib/pipelines/pipeline';
import { findPipeline } from '#lib/pipelines/registry';
import { reviewRequest } from '#lib/pipelines/submission/review';
import type { SessionCache } from '#worker/engines/onnx/sessions';
import { findRun } from '#worker/pipelines/registry';
import type { InputImage, StageContext, WrittenFile } from '#worker/pipelines/run';
import type { Picture } from '#worker/pipelines/raster/size';

interface Request {
  /** Paths of its pictures, by their roles. */
  images: Record<string, string>;
  /** What the request says; the rest gets its defaults. */
  params?: Record<string, unknown>;
  model?: string;
  /** What its pictures are to carry. */
  stamp?: string | null;
  sessions: SessionCache;
  /** An empty folder to work in. */
  folder: string;
  /** Told of every step, with the name of its stage; may throw to stop. */
  onStep?: (stage: string, step: number, steps: number) => void;
  /** Told of every stage before it begins. */
  onStage?: (stage: string) => void;
}

export interface PipelineResult {
  inputs: Record<string, InputImage>;
  /** Everything the stages wrote, by name. */
  written: Map<string, WrittenFile & { path: string }>;
  warnings: string[];
  previews: Picture[];
  read(name: string): Promise<Buffer>;
}

/** Run every stage of a pipeline in this process as a worker does, one call each, sharing nothing but files. */
export async function runPipeline(id: string, request: Request): Promise<PipelineResult> {
  const { params = {}, stamp = null, sessions, folder, onStep = () => undefined } = request;
  const declaration = findPipeline(id)!;
  const given = { endImage: 'end_image' in request.images, prompt: params['prompt'] !== undefined };
  const model = settledModel(declaration, request.model ?? AUTO, given);
  const models = requireModels(declaration, model, sessions.weightsDir);
  const inputs = await openInputs(request.images);
  const asked = { model, params: declaration.params.parse(params), images: inputs };
  const { params: settled } = reviewRequest(declaration, asked);
  const written: PipelineResult['written'] = new Map();
  const warnings: string[] = [];
  const previews: Picture[] = [];
  for (const { name } of stagesOf(declaration, model)) {
    const outDir = join(folder, name);
    mkdirSync(outDir, { recursive: true });
    const context: StageContext = {
      jobId: 'test',
      pipeline: id,
      params: settled,
      model,
      models,
      inputs,
      stamp,
      outDir,
      stageMs: {},
      sessions,
      threads: 2,
      checkpoint: { latest: null, save: () => Promise.resolve() },
      fileOf: (stage, file) => join(folder, stage, file),
      progress: (step, steps) => onStep(name, step, steps),
      warn: (sentence) => void warnings.push(sentence),
      preview: (picture) => void previews.push(picture),
    };
    request.onStage?.(name);
    const files = await (await findRun(id))!.stages[name]!(context);
    for (const file of files) written.set(file.name, { ...file, path: join(outDir, file.name) });
  }
  return { inputs, written, warnings, previews, read: (name) => readFile(written.get(name)!.path) };
}

async function openInputs(images: Record<string, string>): Promise<Record<string, InputImage>> {
  const inputs: Record<string, InputImage> = {};
  for (const [role, path] of Object.entries(images)) {
    const { width, height } = (await sharp(path).metadata()).autoOrient;
    const sha256 = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    inputs[role] = { path, sha256, width, height };
  }
  return inputs;
}
