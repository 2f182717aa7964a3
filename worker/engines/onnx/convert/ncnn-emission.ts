import type { GraphBuilder } from './graph.ts';
import type { NcnnLayer } from './ncnn-param.ts';
import type { NcnnWeights } from './ncnn-weights.ts';

/** A network on its way to ONNX. Its blobs of channels, rows and columns become tensors with a batch in front. */
export interface NcnnEmission {
  readonly graph: GraphBuilder;
  readonly weights: NcnnWeights;
  /** The grids made so far, by the images that are warped. */
  readonly grids: Map<string, Grid>;
}

/** Names of tensors, for images of one size. */
export interface Grid {
  /** Where each pixel lies, `[1, 2, rows, columns]`: x and y from -1 to 1. */
  places: string;
  /** What one pixel makes on that scale, `[1, 2, 1, 1]`. */
  pixel: string;
}

/** Adds what a layer does to the graph. */
export type EmitLayer = (layer: NcnnLayer, emission: NcnnEmission) => void;

/** A parameter that is one number; `fallback` is ncnn's own default. */
export function paramOf({ params }: NcnnLayer, id: number, fallback: number): number {
  return params.get(id)?.[0] ?? fallback;
}
