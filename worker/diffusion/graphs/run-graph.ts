import type { GraphName } from '#lib/models/contract/model-index';
import type { Tensor } from '#worker/engines/onnx/tensors';
import type { GraphSet } from './graph-set.ts';

/** Tensors by their names in the graph. */
export type Tensors = Record<string, Tensor>;

/** A dimension, or null for any. */
export type Extent = number | null;

/** One run of a graph, which gives the outputs that are named. The feeds are still the caller's. */
export async function runGraph(
  set: GraphSet,
  graph: GraphName,
  feeds: Tensors,
  outputs: readonly string[],
): Promise<Tensors> {
  const session = await set.open(graph);
  return (await session.run(feeds, [...outputs])) as Tensors;
}

/**
 * The values of an output, which is spent by it. Metadata may leave a dimension open, so the shape is looked at once
 * more: throws AppError `model_unfit` where it is not `dims`, of which null may be anything.
 */
export function takeFloats(
  set: GraphSet,
  graph: GraphName,
  [name, tensor]: readonly [string, Tensor],
  dims: readonly Extent[],
): Float32Array {
  const { dims: found } = tensor;
  if (found.length !== dims.length || found.some((size, at) => dims[at] !== null && size !== dims[at])) {
    const expected = dims.map((size) => size ?? 'any').join(', ');
    throw set.unfit([`${graph}: “${name}” came out as [${found.join(', ')}], expected [${expected}]`]);
  }
  const values = tensor.data as Float32Array;
  tensor.dispose();
  return values;
}
