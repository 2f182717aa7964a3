import type { VideoGeneration } from '../generation.ts';
import type { Model, Network, WeightFile } from '../model.ts';
import type { IndexFile, ModelIndex } from './model-index.ts';

/** What a catalogue entry says that no index can. */
interface Entry extends Pick<Model, 'rank' | 'setUp' | 'author' | 'origin'> {
  /** Where the file of that name is fetched from. */
  source: (file: string) => string;
}

/**
 * The catalogue entry of a model that has an index: its files, a network for each of its graphs, and what it can
 * make.
 */
export function modelOfIndex(index: ModelIndex, { source, ...rest }: Entry): Model & { index: ModelIndex } {
  return {
    id: index.id,
    title: index.title,
    task: 'video',
    pipelines: index.pipelines,
    engine: 'onnx',
    weights: filesOf(index).map((file) => toWeight(file, source)),
    networks: networksOf(index),
    ...endImageOf(index),
    generation: generationOf(index),
    memoryBytes: Math.max(...Object.values(index.memory)),
    index,
    licence: { package: null, weights: index.licence },
    ...rest,
  };
}

/** Every file of the model but the index, once. */
function filesOf({ graphs, tokenizer }: ModelIndex): IndexFile[] {
  const files = [...Object.values(graphs), tokenizer].flatMap((part) => part?.files ?? []);
  return [...new Map(files.map((file) => [file.name, file])).values()];
}

function toWeight({ name, bytes, sha256 }: IndexFile, source: Entry['source']): WeightFile {
  return { name, sizeBytes: bytes, sha256, source: source(name), downloadBytes: bytes };
}

function networksOf({ graphs, memory }: ModelIndex): Network[] {
  return Object.entries(graphs).flatMap(([name, graph]): Network[] => {
    if (!graph) return [];
    const [first, ...data] = graph.files;
    const files = [first.name, ...data.map((file) => file.name)] as const;
    return [{ name, format: 'onnx', files, memoryBytes: memory[partOf(name)] }];
  });
}

/** The stage that a graph is open in, by which its memory is told. */
function partOf(graph: string): keyof ModelIndex['memory'] {
  if (graph.startsWith('vae')) return 'vae';
  return graph.startsWith('transformer') ? 'transformer' : 'text_encoder';
}

function endImageOf({ conditioning: { kind, last_frame: lastFrame } }: ModelIndex): Pick<Model, 'endImage'> {
  if (kind === 'none') return {};
  return { endImage: lastFrame ? 'optional' : 'unused' };
}

function generationOf({
  size,
  frames,
  latents,
  fps,
  steps,
  guidance,
  schedule,
}: ModelIndex): VideoGeneration {
  const others = schedule.schedulers.filter((name) => name !== schedule.scheduler);
  return {
    size: { default: size.default, multiple: size.multiple, min: size.min, maxPixels: size.max_pixels },
    frames: { ...frames, step: latents.scale.time },
    fps,
    steps,
    guidance: { default: guidance.default, min: guidance.min, max: guidance.max },
    schedulers: [schedule.scheduler, ...others],
  };
}
