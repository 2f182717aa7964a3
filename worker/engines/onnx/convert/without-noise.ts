import { readFile } from 'node:fs/promises';
import proto, { type onnx } from 'onnx-proto';

const { ModelProto } = proto.onnx;

/**
 * An ONNX graph that draws noise of its own, without it: what it drew is zero, so that the same input gives the same
 * output. Older exporters of Stable Diffusion left the drawing of latents to the graph of their encoder, which has no seed
 * to be told; without noise its output is the middle of what it would have drawn from.
 */
export async function withoutNoise([path]: readonly string[]): Promise<Uint8Array> {
  const model = ModelProto.decode(await readFile(path!));
  if (model.graph?.node) model.graph.node = model.graph.node.flatMap(quiet);
  return ModelProto.encode(model).finish();
}

/** What is of the shape and type that the noise had: its model, less itself. */
function quiet(node: onnx.INodeProto): onnx.INodeProto[] {
  if (node.opType !== 'RandomNormalLike') return [node];
  const [like, drawn] = [node.input![0]!, node.output![0]!];
  const type = node.attribute?.find(({ name }) => name === 'dtype');
  if (!type) return [{ opType: 'Sub', input: [like, like], output: [drawn] }];
  const zeros = `${drawn}/zeros`;
  return [
    { opType: 'Sub', input: [like, like], output: [zeros] },
    { opType: 'Cast', input: [zeros], output: [drawn], attribute: [{ ...type, name: 'to' }] },
  ];
}
