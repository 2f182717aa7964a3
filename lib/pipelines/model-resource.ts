import { settings } from '#lib/config/settings';
import { findModel, listModels } from '#lib/models/catalogue';
import type { PictureGeneration, Range, VideoGeneration } from '#lib/models/generation';
import type { Model } from '#lib/models/model';
import { parseSource, type Source } from '#lib/models/sources/source';
import { standingHere } from '#lib/models/standing';
import { asPlaced } from '#lib/models/weights';
import { type WeightOnDisk, weightsOnDisk } from '#lib/models/weights-on-disk';
import { paramsSchema } from './model-schema.ts';
import { listPipelines } from './registry.ts';
import { frameWords, sideWords } from './video/fit-values.ts';

/** A model as the API writes it. */
export interface ModelResource {
  id: string;
  title: string;
  task: Model['task'];
  /** Those that make use of it; it can be asked for by name in those of `parameters`. */
  pipelines: string[];
  engine: Model['engine'];
  author: string;
  origin: string;
  licence: { weights: string; package: string | null };
  set_up: Model['setUp'];
  requires: Model['task'][];
  end_image: 'unused' | 'optional' | 'required';
  memory_bytes: number | null;
  weights: WeightsResource;
  availability: {
    available: boolean;
    reason: string | null;
    suggestion: string | null;
    bytes_to_fetch: number;
  };
  generation: GenerationResource | null;
  /** By pipeline, each a JSON Schema. */
  parameters: Record<string, Record<string, unknown>>;
}

interface WeightsResource {
  state: 'none_needed' | 'not_made' | 'missing' | 'partial' | 'present';
  size_bytes: number;
  present_bytes: number;
  files: {
    name: string;
    size_bytes: number;
    present_bytes: number;
    sha256: string;
    source: Source['kind'];
  }[];
}

interface GenerationResource {
  size: {
    default: { width: number; height: number };
    multiple_of: number;
    min: number;
    max_pixels: number;
    rule: string;
  } | null;
  frames: (Range & { step: number; rule: string }) | null;
  fps: Range | null;
  steps: Range;
  guidance: Range;
  schedulers: string[];
}

/** Which models are asked for. */
interface ModelFilter {
  /** Id of one that makes use of them. */
  pipeline?: string | undefined;
  available?: boolean | undefined;
}

/** The models of the catalogue that fit the filter, in its order. */
export async function listModelResources({ pipeline, available }: ModelFilter): Promise<ModelResource[]> {
  const serving = listModels().filter(({ pipelines }) => !pipeline || pipelines.includes(pipeline));
  const resources = await Promise.all(serving.map(toModelResource));
  return resources.filter(
    ({ availability }) => (available ?? availability.available) === availability.available,
  );
}

/** The model of that id, or undefined. */
export async function findModelResource(id: string): Promise<ModelResource | undefined> {
  const model = findModel(id);
  return model && toModelResource(model);
}

async function toModelResource(model: Model): Promise<ModelResource> {
  const { weightsDir } = settings();
  const { id, title, task, pipelines, engine, author, origin, licence } = model;
  const named = listPipelines().filter((one) => one.modelTask === task && pipelines.includes(one.id));
  return {
    id,
    title,
    task,
    pipelines: [...pipelines],
    engine,
    author,
    origin,
    licence: { weights: licence.weights, package: licence.package },
    set_up: model.setUp,
    requires: [...(model.requires ?? [])],
    end_image: model.endImage ?? 'unused',
    memory_bytes: (asPlaced(weightsDir, model) ?? model).memoryBytes ?? null,
    weights: toWeights(model, await weightsOnDisk(weightsDir, model)),
    availability: availabilityOf(model),
    generation: generationOf(model),
    parameters: Object.fromEntries(named.map((pipeline) => [pipeline.id, paramsSchema(pipeline, model)])),
  };
}

function toWeights(model: Model, found: readonly WeightOnDisk[]): WeightsResource {
  const files = found.map(({ weight: { name, sizeBytes, sha256, source }, presentBytes }) => ({
    name,
    size_bytes: sizeBytes,
    present_bytes: presentBytes,
    sha256,
    source: parseSource(source).kind,
  }));
  const size_bytes = sum(files.map((file) => file.size_bytes));
  const present_bytes = sum(files.map((file) => file.present_bytes));
  return { state: stateOf(model, size_bytes, present_bytes), size_bytes, present_bytes, files };
}

function stateOf({ setUp }: Model, sizeBytes: number, presentBytes: number): WeightsResource['state'] {
  if (sizeBytes === 0) return setUp === 'by-hand' ? 'not_made' : 'none_needed';
  if (presentBytes === sizeBytes) return 'present';
  return presentBytes === 0 ? 'missing' : 'partial';
}

function availabilityOf(model: Model): ModelResource['availability'] {
  const standing = standingHere(model);
  if (!standing) {
    const reason = 'The workers are on other machines, and only they know.';
    return { available: true, reason, suggestion: null, bytes_to_fetch: 0 };
  }
  const { obstacle, bytesToFetch } = standing;
  return {
    available: obstacle === null,
    reason: obstacle?.message ?? null,
    suggestion: obstacle?.suggestion ?? null,
    bytes_to_fetch: bytesToFetch,
  };
}

function generationOf({ generation: video, repaints }: Model): GenerationResource | null {
  const made = video ?? repaints;
  return made ? { ...videoOf(video), ...pictureOf(made) } : null;
}

function videoOf(video: VideoGeneration | undefined): Pick<GenerationResource, 'size' | 'frames' | 'fps'> {
  if (!video) return { size: null, frames: null, fps: null };
  const { size, frames, fps } = video;
  const { default: usual, multiple, min, maxPixels } = size;
  return {
    size: { default: usual, multiple_of: multiple, min, max_pixels: maxPixels, rule: sideWords(size) },
    frames: { ...frames, rule: frameWords(frames) },
    fps,
  };
}

function pictureOf({ steps, guidance, schedulers }: PictureGeneration) {
  return { steps, guidance, schedulers: [...schedulers] };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
