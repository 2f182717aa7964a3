import { readFile } from 'node:fs/promises';
import { GraphBuilder } from './graph.ts';
import type { NcnnEmission } from './ncnn-emission.ts';
import { type NcnnLayer, parseNcnnParam, unfitNcnn } from './ncnn-param.ts';
import { warpAtFullSize } from './ncnn-full-size.ts';
import { operatorOf } from './ncnn-operators.ts';
import { NcnnWeights } from './ncnn-weights.ts';

/**
 * A network of ncnn's, from its .param and .bin files, as the bytes of an .onnx file. Inputs and outputs keep their
 * names and become float32 `[1, channels, rows, columns]`. Throws AppError `model_unfit`.
 *
 * One that warps images may be given those larger than its other inputs, and gives more, see `warpAtFullSize`.
 */
export async function convertNcnn([paramPath, binPath]: readonly string[]): Promise<Uint8Array> {
  const layers = warpAtFullSize(bypassSplits(parseNcnnParam(await readFile(paramPath!, 'utf8'))));
  const weights = new NcnnWeights(await readFile(binPath!));
  const graph = new GraphBuilder();
  const emission: NcnnEmission = { graph, weights, grids: new Map() };
  for (const layer of layers) emit(layer, emission);
  weights.finish();
  for (const output of unread(layers)) graph.output(output, blobShape(output));
  return graph.encode();
}

function emit(layer: NcnnLayer, emission: NcnnEmission): void {
  const { type, outputs } = layer;
  if (type === 'Input') emission.graph.input(outputs[0]!, blobShape(outputs[0]!));
  else operatorOf(layer)(layer, emission);
}

/** In ONNX a tensor may be read any number of times: whatever reads a copy reads the original instead. */
function bypassSplits(layers: readonly NcnnLayer[]): NcnnLayer[] {
  const originals = new Map<string, string>();
  const kept: NcnnLayer[] = [];
  for (const layer of layers) {
    const inputs = layer.inputs.map((blob) => originals.get(blob) ?? missing(blob));
    for (const blob of layer.outputs) originals.set(blob, layer.type === 'Split' ? inputs[0]! : blob);
    if (layer.type !== 'Split') kept.push({ ...layer, inputs });
  }
  return kept;
}

function missing(blob: string): never {
  throw unfitNcnn(`Nothing in it makes ${blob}, which a layer reads`);
}

/** Names of the blobs that no layer reads: what the network gives. */
function unread(layers: readonly NcnnLayer[]): string[] {
  const read = new Set(layers.flatMap(({ inputs }) => inputs));
  return layers.flatMap(({ outputs }) => outputs).filter((blob) => !read.has(blob));
}

function blobShape(name: string): (number | string)[] {
  return [1, `${name}_channels`, `${name}_rows`, `${name}_columns`];
}
