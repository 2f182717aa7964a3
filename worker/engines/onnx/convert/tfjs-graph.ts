import { GraphBuilder } from './graph.ts';
import { TfjsGraph } from './tfjs-graph-nodes.ts';
import { OPERATIONS } from './tfjs-graph-operators.ts';
import { readTfjsModel, type TfjsModel, unfit } from './tfjs-weights.ts';

/**
 * A graph of TensorFlow.js operations as ONNX: `paths` are its model.json and its shards. NHWC pictures become NCHW of
 * any size, in the same range of values. Throws AppError `model_unfit`, which names an operation that is not known.
 */
export async function tfjsGraphToOnnx(paths: readonly string[]): Promise<Uint8Array> {
  return convertGraph(await readTfjsModel(paths));
}

/**
 * The same, of what the files hold. Goes from the result to what it is made of, so that what says only how large a
 * tensor is, which ONNX works out itself, is never met.
 */
export function convertGraph(model: TfjsModel): Uint8Array {
  const source = new TfjsGraph(model);
  const graph = new GraphBuilder();
  const met = new Map<string, 'begun' | 'done'>();
  const tensor = (name: string): string => {
    if (met.get(name) === 'begun') throw unfit(`its operation ${name} reads its own result`);
    if (met.has(name)) return name;
    met.set(name, 'begun');
    const node = source.node(name);
    const convert = OPERATIONS.get(node.op);
    if (!convert) throw unfit(`it does not know the operation ${node.op} (${name})`);
    convert({ source, graph, node, tensor });
    met.set(name, 'done');
    return name;
  };
  graph.output(tensor(source.last().name), [1, 'channels', 'output_height', 'output_width']);
  return graph.encode();
}
