import { AppError } from '#lib/core/errors';
import type { Network } from '#lib/models/model';
import { convertNcnn } from './ncnn.ts';
import { tfjsGraphToOnnx } from './tfjs-graph.ts';
import { tfjsLayersToOnnx } from './tfjs-layers.ts';
import { withoutNoise } from './without-noise.ts';

type ForeignFormat = Exclude<Network['format'], 'onnx'>;

/** Reads a network from its files, the one that describes the graph first, and gives the bytes of an .onnx file. */
export type Converter = (paths: readonly string[]) => Promise<Uint8Array>;

/** Every format that is not ONNX's own. */
const CONVERTERS: Readonly<Partial<Record<ForeignFormat, Converter>>> = {
  'tfjs-graph': tfjsGraphToOnnx,
  'tfjs-layers': tfjsLayersToOnnx,
  ncnn: convertNcnn,
  'onnx-random': withoutNoise,
};

export function converterFor(format: ForeignFormat): Converter {
  const converter = CONVERTERS[format];
  if (!converter) throw new AppError('internal', `Networks of the format ${format} cannot be read yet.`);
  return converter;
}
