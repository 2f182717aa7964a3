import { sha256OfFile } from '#lib/core/file-hash';
import type { InputImage } from '#worker/pipelines/run';
import { describeModel } from '#worker/receipts/facts';
import { versionsInUse } from '#worker/receipts/versions';
import type { Box } from './layer-file.ts';

/** One layer as the manifest tells of it. */
export interface LayerRecord {
  file: string;
  /** 1 is the background. */
  index: number;
  name: string;
  /** Nearness that the layer spans: 0 is the farthest point of the picture, 1 the nearest. */
  depth: { far: number; near: number };
  /** Mean opacity over the whole picture, 0..1. */
  coverage: number;
  /** Pixels that are not fully transparent, from the top left corner. */
  bounding_box: Box;
  sha256: string;
}

interface ManifestSource {
  pipeline: string;
  photo: InputImage;
  params: Readonly<Record<string, unknown>>;
  modelIds: readonly string[];
  layers: LayerRecord[];
  /** Paths of the other files the job made, by their names. */
  files: Record<string, string>;
  stageMs: Readonly<Record<string, number>>;
}

/** Everything a program needs to use the layers, or a person to make them again. Version 1 of its format. */
export async function buildManifest(source: ManifestSource) {
  const { width, height, sha256 } = source.photo;
  const files: { name: string; sha256: string }[] = [];
  for (const [name, path] of Object.entries(source.files))
    files.push({ name, sha256: await sha256OfFile(path) });
  return {
    version: 1,
    pipeline: source.pipeline,
    photo: { width, height, sha256 },
    params: source.params,
    models: source.modelIds.flatMap(describeModel),
    layers: source.layers,
    files,
    timings_ms: source.stageMs,
    versions: await versionsInUse(),
  };
}
