import { createHash } from 'node:crypto';
import proto from 'onnx-proto';
import { lcmDreamshaper, stableDiffusion } from '#lib/models/catalogue/stable-diffusion';
import type { Model, WeightFile } from '#lib/models/model';
import { type Layout, textEncoder, unet, vaeDecoder, vaeEncoder } from './graphs.ts';
import { TOKENIZER_FILES } from './words.ts';

/** As exporters of today have it. */
export const NEW_LAYOUT: Layout = {
  floats: 'float32',
  ids: 'int64',
  timestep: { type: 'int64', isList: false },
  encoder: { kind: 'parameters', logVariance: -30 },
  isDistilled: false,
  spread: 0.5,
};

/** As the older ones have it, whose graphs are the public ones. */
export const OLD_LAYOUT: Layout = {
  floats: 'float16',
  ids: 'int32',
  timestep: { type: 'float16', isList: true },
  encoder: { kind: 'drawn', deviation: 1 },
  isDistilled: false,
  spread: 0.5,
};

/** A model of tiny graphs that is otherwise like the catalogue's entries, and its files by their names. */
export function tinyDiffusion(
  id: string,
  layout: Layout,
  address = 'http://127.0.0.1',
): { model: Model; files: Map<string, Uint8Array> } {
  const { graph, data } = withDataOutside(unet(layout), 'kept', 'weights.pb');
  const files = new Map<string, Uint8Array>([
    ['text_encoder/model.onnx', textEncoder(layout)],
    ['unet/model.onnx', graph],
    ['unet/weights.pb', data],
    ['vae_encoder/model.onnx', vaeEncoder(layout)],
    ['vae_decoder/model.onnx', vaeDecoder(layout)],
    ...Object.entries(TOKENIZER_FILES).map(([name, text]) => [name, Buffer.from(text)] as const),
  ]);
  const weights = [...files].map(([name, bytes]) => weightOf(name, bytes, `${address}/${name}`));
  const { repaints } = layout.isDistilled ? lcmDreamshaper : stableDiffusion;
  return { model: { ...stableDiffusion, id, title: id, weights, repaints, memoryBytes: 0 }, files };
}

function weightOf(name: string, bytes: Uint8Array, source: string): WeightFile {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name, sizeBytes: bytes.length, sha256, source, downloadBytes: bytes.length };
}

/** A graph without the values of one of its constants, which are in a file of that name beside it. */
function withDataOutside(bytes: Uint8Array, constant: string, file: string) {
  const { ModelProto, TensorProto } = proto.onnx;
  const model = ModelProto.decode(bytes);
  const tensor = model.graph!.initializer!.find(({ name }) => name === constant)!;
  const data = Buffer.from(tensor.rawData!);
  delete tensor.rawData;
  tensor.dataLocation = TensorProto.DataLocation.EXTERNAL;
  tensor.externalData = [{ key: 'location', value: file }];
  return { graph: ModelProto.encode(model).finish(), data };
}
