import type { ModelIndex } from './contract/model-index.ts';
import type { PictureGeneration, VideoGeneration } from './generation.ts';

/** One file of a model's weights. */
export interface WeightFile {
  name: string;
  sizeBytes: number;
  sha256: string;
  /**
   * `npm:<package>@<version>#<file inside the tarball>`, an https address, or `own:<model>/<file>` for what lies in the
   * repository, `exported:<model>/<file>` for what somebody made.
   */
  source: string;
  /** Bytes to fetch for it: the whole tarball, where the source is one. */
  downloadBytes: number;
}

/** What a neural network does for a pipeline. */
export type ModelTask = 'depth' | 'matte' | 'inpainting' | 'style' | 'super-resolution' | 'video';

/** A network as the engine opens it; a model may have several, of one purpose. */
export interface Network {
  /** What it goes by among the model's networks. */
  name: string;
  /** All but `onnx` are turned into ONNX when they are first opened; `onnx-random` draws noise of its own, which is taken out. */
  format: 'onnx' | 'onnx-random' | 'tfjs-layers' | 'tfjs-graph' | 'ncnn';
  /** Names of the weights that it is read from, the one that describes the graph first. */
  files: readonly [string, ...string[]];
  /** What it takes while it is open, where that is known. */
  memoryBytes?: number;
}

/** A network that is one ONNX file. */
export function onnx(file: string, name = 'network'): Network {
  return { name, format: 'onnx', files: [file] };
}

/** A model of the catalogue. */
export interface Model {
  id: string;
  title: string;
  task: ModelTask;
  pipelines: readonly string[];
  engine: 'onnx';
  /** Among models of one task, `auto` takes the highest that is present. */
  rank: number;
  /**
   * `required`: set-up fails without it. `optional`: set-up tries briefly and goes on. `on-demand`: by command.
   * `by-name`: by a command that names it, being gigabytes. `by-hand`: no download brings it, somebody has to make it; its
   * weights and networks are in the index of what was made, and not in the catalogue.
   */
  setUp: 'required' | 'optional' | 'on-demand' | 'by-name' | 'by-hand';
  /** What somebody has to do for a model that is made by hand; a sentence. */
  byHand?: string;
  weights: readonly WeightFile[];
  /** The first is the one that is opened where none is named. */
  networks: readonly Network[];
  /** Tasks of other models, that it cannot do without. */
  requires?: readonly ModelTask[];
  /** What a model that makes video of a picture does with a second one; it takes none where this is missing. */
  endImage?: 'unused' | 'optional' | 'required';
  /** What it can make, where it makes video out of noise. */
  generation?: VideoGeneration;
  /** How it can be told to paint, where it paints a photo anew after a prompt. */
  repaints?: PictureGeneration;
  /** How its graphs are to be run, where it makes video out of noise. */
  index?: ModelIndex;
  /**
   * Memory that the stage that needs most of it takes. A model that tells has its sessions let go after each stage, and
   * where that is a lot, a process for each.
   */
  memoryBytes?: number;
  author: string;
  origin: string;
  /** SPDX identifiers: of the package it arrives in, and of the weights themselves. */
  licence: { package: string | null; weights: string };
}
